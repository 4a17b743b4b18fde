// A list of messages with its query, facets and drawer: a session's, or those that a search found. All that is chosen
// stands in the address: `q`, `seq` and, in a search, `sid`.
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { usePoll } from "./api";
import { Drawer } from "./drawer";
import { Facets } from "./facets";
import { findNext, locate } from "./find";
import { GridStatus, MessageGrid, useList } from "./grid";
import { useKeys } from "./keys";
import { QueryBar } from "./querybar";
import { go, places, usePlace, withQuery } from "./router";
import { Banner } from "./states";
import type { Row } from "./types";
import { useWindow } from "./window";

interface Props {
  path: string; q: string;
  /** The one session that this is about, how long it is, and whether it still grows. */
  session?: string; total?: number; isLive?: boolean;
  names?: Map<string, string>; count?: (total: number) => ComponentChildren;
  above?: (view: { first: number; seen: number; isAll: boolean; show(row: number): void }) => ComponentChildren;
  empty: ComponentChildren;
}

export function Messages({ path, q, session, total, isLive, names, count, above, empty }: Props) {
  const { query } = usePlace();
  const list = useList(path, q);
  const view = useWindow(Math.max(0, list.total));
  const [cursor, setCursor] = useState(0);
  const [goal, setGoal] = useState(-1);
  const answered = useRef<string | null>(null);
  const [hasFacets, setFacets] = useState(false);
  const seq = Number(query.get("seq") ?? 0);
  const sid = session ?? query.get("sid") ?? "";
  usePoll(() => void list.refresh(), 2000, isLive);

  useEffect(() => {
    let isStale = false;
    setCursor(0);
    setGoal(-1);
    if (session && seq > 0) {
      void locate(list, seq).then(at => {
        if (isStale || at < 0) return;
        setCursor(at);
        setGoal(at);
      });
    }
    return () => { isStale = true; };
    // Only when the list is another one: within it the cursor leads and the address follows.
  }, [list]);
  // The place of a deep link can be shown only when the list has its height.
  const isReady = list.total > 0;
  useEffect(() => { if (isReady && goal > 0) view.show(goal, "middle"); }, [isReady, goal]);
  if (list.total >= 0 && !list.problem) answered.current = q;

  const isOpen = seq > 0 && sid !== "";
  const open = (row: Row | undefined) => {
    if (row) go(withQuery({ seq: row.seq, sid: session ? undefined : row.session }), "replace");
  };
  const moveTo = async (index: number, isOpening = isOpen) => {
    if (index < 0 || index >= list.total) return;
    setCursor(index);
    view.show(index);
    if (isOpening) open(list.row(index) ?? await list.fetchRow(index));
  };
  const find = async (step: 1 | -1, isMeant: (row: Row) => boolean) => moveTo(await findNext(list, cursor, step, isMeant));
  const here = list.row(cursor);
  const isSame = (row: Row) => here !== undefined && row.name === here.name && row.kind === here.kind;
  const close = () => go(withQuery({ seq: undefined, sid: undefined }), "replace");
  const pair = async () => {
    if (here?.pair === undefined) return;
    await find(here.pair > here.seq ? 1 : -1, row => row.session === here.session && row.seq === here.pair);
  };
  const keys: Record<string, () => void> = {
    j: () => moveTo(cursor + 1), ArrowDown: () => moveTo(cursor + 1), k: () => moveTo(cursor - 1), ArrowUp: () => moveTo(cursor - 1),
    PageDown: () => moveTo(Math.min(list.total - 1, cursor + view.seen)), PageUp: () => moveTo(Math.max(0, cursor - view.seen)),
    Home: () => moveTo(0), End: () => moveTo(list.total - 1), g: () => moveTo(0), G: () => moveTo(list.total - 1),
    Enter: () => moveTo(cursor, true), r: pair,
    "[": () => find(-1, isSame), "]": () => find(1, isSame), e: () => find(1, row => row.kind === "event"), x: () => find(1, row => row.kind === "failure"),
    y: () => here && navigator.clipboard?.writeText(location.origin + places.message(here.session, here.seq)),
  };
  if (isOpen) keys.Escape = close;
  useKeys(keys);

  const isAll = q === "";
  const show = (row: number) => view.show(row, "middle");
  const search = (text: string) => go(withQuery({ q: text, seq: undefined, sid: undefined }));
  return (
    <>
      <QueryBar q={q} problem={list.problem} total={list.total} onSearch={search} onFacets={() => setFacets(!hasFacets)} count={count?.(list.total)} />
      {list.problem && list.total >= 0 && <Banner problem={list.problem} retry={() => list.retry()} />}
      {above?.({ first: view.first, seen: view.seen, isAll, show })}
      <div class={`body${isOpen ? "" : " body--wide"}${hasFacets ? " body--facets" : ""}`}>
        <Facets q={q} answered={answered.current} session={session} names={names} onSearch={search} />
        <MessageGrid list={list} view={view} cursor={cursor} names={names} onOpen={index => void moveTo(index, true)} empty={empty} />
        {isOpen && <Drawer session={sid} seq={seq} onClose={close} onPair={pair} onStep={step => void find(step, isSame)}
          onFilter={text => search(q ? `${q} ${text}` : text)} />}
      </div>
      <GridStatus list={list} cursor={cursor} total={total} />
    </>
  );
}
