// Finding rows of a list that is mostly not here.
import type { MessageList } from "./messageList";
import { PAGE } from "./messageList";
import type { Row } from "./types";

/**
 * Where a message of a session's list stands, or the fold that hides it, or the first one behind it if the list leaves it
 * out; -1 if there is none. The rows are in the order of their numbers.
 */
export async function locate(list: MessageList, seq: number): Promise<number> {
  const guess = await list.fetchRow(Math.max(0, seq - 1));
  if (guess?.seq === seq && !list.isFolded) return seq - 1;
  if (list.total < 0) await list.fetchRow(0);
  let low = 0;
  let high = list.isFolded ? list.total : Math.min(list.total, seq);
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = await list.fetchRow(middle);
    if (!row) return -1;
    if (row.seq < seq) low = middle + 1; else high = middle;
  }
  const fold = low > 0 ? (await list.fetchRow(low - 1))?.fold : undefined;
  if (fold && !fold.isOpen && fold.last >= seq) return low - 1;
  return low < list.total ? low : -1;
}

/** The next row from `start` in the direction of `step` that is meant; -1 if there is none. */
export async function findNext(list: MessageList, start: number, step: 1 | -1, isMeant: (row: Row) => boolean): Promise<number> {
  for (let i = start + step; i >= 0 && i < list.total; i += step) {
    const row = list.row(i) ?? await list.fetchRow(i);
    if (row && isMeant(row)) return i;
    if (!row) i += step * (PAGE - 1);
  }
  return -1;
}
