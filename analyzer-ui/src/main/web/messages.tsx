// A list of messages with its query, facets and drawer: a session's, or those that a search found. All that is chosen
// stands in the address: `q`, `seq`, in a search `sid`, in a session `open` (runs of polls) or `unfold`.
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { usePoll } from "./api";
import { Drawer } from "./drawer";
import { Facets } from "./facets";
import { findNext, locate } from "./find";
import { setFold } from "./folds";
import { GridStatus, MessageGrid, useList } from "./grid";
import { useKeys } from "./keys";
import { QueryBar } from "./querybar";
import { go, places, usePlace, withQuery } from "./router";
import { Banner } from "./states";
import type { Row } from "./types";
import type { MessageList } from "./messageList";
import { useWindow } from "./window";
import type { Window } from "./window";

interface Props {
  path: string; q: string;
  /** The one session that this is about, how long it is, and whether it still grows. */
  session?: string; total?: number; isLive?: boolean;
  names?: Map<string, string>; count?: (list: MessageList) => ComponentChildren;
  above?: (view: { first: number; seen: number; isAll: boolean; show(row: number): void }) => ComponentChildren;
  empty: ComponentChildren;
}

/** In a folded list, rows are not messages. */
function seenMessages(list: MessageList, { first, seen }: Window): { first: number; seen: number } {
  const top = list.row(first);
  const end = list.row(Math.min(list.total, first + seen) - 1);
  if (!list.isFolded || !top || !end) return { first, seen };
  const last = end.fold && !end.fold.isOpen ? end.fold.last : end.seq;
  return { first: top.seq - 1, seen: last - top.seq + 1 };
}

export function Messages({ path, q, session, total, isLive, names, count, above, empty }: Props) {
  const { query } = usePlace();
  const folds = session && q === "" && !query.has("unfold") ? query.get("open") ?? "" : undefined;
  const list = useList(path, q, folds);
  const view = useWindow(Math.max(0, list.total));
  const [cursor, setCursor] = useState(0);
  const [goal, setGoal] = useState(-1);
  const answered = useRef<string | null>(null);
  const kept = useRef(0);
  const [hasFacets, setFacets] = useState(false);
  const seq = Number(query.get("seq") ?? 0);
  const sid = session ?? query.get("sid") ?? "";
  usePoll(() => void list.refresh(), list.folded === undefined ? 2000 : 200, isLive || list.folded !== undefined);

  useEffect(() => {
    let isStale = false;
    setCursor(0);
    setGoal(-1);
    const meant = seq > 0 ? seq : kept.current;
    kept.current = 0;
    if (session && meant > 0) {
      void locate(list, meant).then(at => {
        if (isStale || at < 0) return;
        const fold = list.row(at)?.fold;
        const isHidden = fold !== undefined && !fold.isOpen && meant > fold.first && seq > 0;
        if (isHidden) setFold(folds ?? "", fold.first, true);
        const place = isHidden ? at + 1 + meant - fold.first : at;
        setCursor(place);
        setGoal(place);
      });
    }
    return () => { isStale = true; };
    // Only when the list is another one: within it the cursor leads and the address follows.
  }, [list]);
  // The place of a deep link can be shown only when the list has its height.
  const isReady = list.total > goal;
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
  const fold = (index: number, isOpen: boolean) => {
    setCursor(index);
    view.show(index);
    setFold(folds ?? "", list.row(index)!.fold!.first, isOpen);
  };
  const enter = (index: number) => {
    const row = list.row(index);
    if (row?.fold) fold(index, !row.fold.isOpen); else void moveTo(index, true);
  };
  const leave = async () => {
    const first = here?.fold?.isOpen ? here.fold.first : here?.within;
    if (first !== undefined) fold(await locate(list, first), false);
  };
  const toggleFolds = () => {
    kept.current = here?.seq ?? 0;
    go(withQuery({ unfold: folds === undefined ? undefined : 1, open: undefined }), "replace");
  };
  const keys: Record<string, () => void> = {
    j: () => moveTo(cursor + 1), ArrowDown: () => moveTo(cursor + 1), k: () => moveTo(cursor - 1), ArrowUp: () => moveTo(cursor - 1),
    PageDown: () => moveTo(Math.min(list.total - 1, cursor + view.seen)), PageUp: () => moveTo(Math.max(0, cursor - view.seen)),
    Home: () => moveTo(0), End: () => moveTo(list.total - 1), g: () => moveTo(0), G: () => moveTo(list.total - 1),
    Enter: () => enter(cursor), r: pair,
    "[": () => find(-1, isSame), "]": () => find(1, isSame), e: () => find(1, row => row.kind === "event"), x: () => find(1, row => row.kind === "failure"),
    y: () => here && navigator.clipboard?.writeText(location.origin + places.message(here.session, here.seq)),
  };
  if (isOpen) keys.Escape = close;
  if (session && q === "") keys.u = toggleFolds;
  if (folds !== undefined) {
    keys.ArrowRight = () => here?.fold && !here.fold.isOpen && fold(cursor, true);
    keys.ArrowLeft = () => void leave();
  }
  useKeys(keys);

  const isAll = q === "";
  const show = async (message: number) => view.show(folds === undefined ? message : await locate(list, message + 1), "middle");
  const search = (text: string) => go(withQuery({ q: text, seq: undefined, sid: undefined }));
  return (
    <>
      <QueryBar q={q} problem={list.problem} total={list.total} onSearch={search} onFacets={() => setFacets(!hasFacets)} count={count?.(list)}
        folding={session && q === "" ? { isOn: folds !== undefined, toggle: toggleFolds } : undefined} />
      {list.problem && list.total >= 0 && <Banner problem={list.problem} retry={() => list.retry()} />}
      {above?.({ ...seenMessages(list, view), isAll, show })}
      <div class={`body${isOpen ? "" : " body--wide"}${hasFacets ? " body--facets" : ""}`}>
        <Facets q={q} answered={answered.current} session={session} names={names} onSearch={search} />
        <MessageGrid list={list} view={view} cursor={cursor} names={names} onOpen={enter} empty={empty} />
        {isOpen && <Drawer session={sid} seq={seq} onClose={close} onPair={pair} onStep={step => void find(step, isSame)}
          onFilter={text => search(q ? `${q} ${text}` : text)} />}
      </div>
      <GridStatus list={list} cursor={cursor} total={total} />
    </>
  );
}
