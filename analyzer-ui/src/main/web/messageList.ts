// A list of any length, of which pages of 200 rows are here: those that are seen, and some that were.
import { address, get, Problem } from "./api";
import type { Page, Row } from "./types";

export const PAGE = 200;
const KEPT = 60;

export class MessageList {
  /** -1 until the first page came. */
  total = -1;
  problem: Problem | undefined;
  /** How many messages were looked at so far, while a long session is being folded. */
  folded: number | undefined;
  private readonly pages = new Map<number, Row[]>();
  /** Pages that may say something else by now. */
  private readonly stale = new Set<number>();
  private wanted: [number, number] = [0, 1];
  private readonly coming = new Map<number, { control: AbortController; done: Promise<void>; isForView: boolean }>();
  private readonly listeners = new Set<() => void>();
  private isClosed = false;

  /**
   * @param path of the API, without the query
   * @param folds the folds that are open, by their first messages with commas between; undefined for a list without folds
   */
  constructor(readonly path: string, readonly query: string, private folds?: string) {}

  get isFolded(): boolean {
    return this.folds !== undefined;
  }

  /** Opens and closes folds. What is here stays in sight until the answer comes. */
  setFolds(folds: string): void {
    if (folds === this.folds) return;
    this.folds = folds;
    this.coming.forEach(({ control }) => control.abort());
    this.coming.clear();
    const [from, to] = this.wanted;
    for (const page of [...this.pages.keys()]) {
      if (page >= Math.floor(from / PAGE) && page * PAGE < to) this.stale.add(page); else this.pages.delete(page);
    }
    this.want(from, to);
  }

  subscribe(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => { this.listeners.delete(tell); };
  }

  row(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Fetches what the window needs and lets go of what it needed before. */
  want(from: number, to: number): void {
    this.wanted = [from, to];
    const first = Math.floor(Math.max(0, from) / PAGE);
    const last = Math.floor(Math.max(0, to - 1) / PAGE);
    for (const [page, { control, isForView }] of this.coming) {
      if (isForView && (page < first || page > last)) {
        control.abort();
        this.coming.delete(page);
      }
    }
    for (let page = first; page <= last; page++) void this.load(page, { isForView: true });
  }

  /** The row, fetched if it must be; undefined behind the end. */
  async fetchRow(index: number): Promise<Row | undefined> {
    await this.load(Math.floor(index / PAGE));
    return this.row(index);
  }

  /** Asks again how long the list is: a session that runs grows at its end. There, polls may have become one with a fold. */
  async refresh(): Promise<void> {
    const last = Math.floor(Math.max(0, this.total - 1) / PAGE);
    if (this.isFolded) {
      if (last > 0) await this.load(last - 1, { isAnew: true });
      await this.load(last, { isAnew: true });
      return;
    }
    const wasFull = this.pages.get(last)?.length === PAGE;
    await this.load(wasFull ? last + 1 : last, { isAnew: true });
  }

  retry(): void {
    this.problem = undefined;
    this.pages.clear();
    this.want(0, 1);
  }

  close(): void {
    this.isClosed = true;
    this.coming.forEach(({ control }) => control.abort());
    this.coming.clear();
  }

  private load(page: number, { isAnew = false, isForView = false } = {}): Promise<void> {
    if (this.pages.has(page) && !this.stale.has(page) && !isAnew) return Promise.resolve();
    if (this.total >= 0 && page * PAGE >= this.total && !isAnew) return Promise.resolve();
    const known = this.coming.get(page);
    if (known) return known.done;
    const control = new AbortController();
    const done = this.receive(page, control);
    this.coming.set(page, { control, done, isForView });
    return done;
  }

  private async receive(page: number, control: AbortController): Promise<void> {
    const url = address(this.path, {
      q: this.query, fold: this.isFolded ? "true" : undefined, open: this.folds, offset: page * PAGE, limit: PAGE,
    });
    try {
      const answer = await get<Page>(url, control.signal);
      this.total = answer.total;
      this.folded = answer.folded;
      this.problem = undefined;
      this.keep(page, answer.rows);
    } catch (fault) {
      if (control.signal.aborted) return;
      this.problem = fault as Problem;
    }
    this.coming.delete(page);
    if (!this.isClosed) this.listeners.forEach(tell => tell());
  }

  private keep(page: number, rows: Row[]): void {
    this.pages.delete(page);
    this.stale.delete(page);
    if (rows.length > 0) this.pages.set(page, rows);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= KEPT) break;
      this.pages.delete(oldest);
    }
  }
}
