// The messages of a list: a grid with one tab stop, of which only the rows in sight exist.
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useReducer } from "preact/hooks";
import { FoldLine } from "./foldline";
import { count } from "./format";
import { MessageList } from "./messageList";
import { rails } from "./rail";
import { MessageLine, rowId } from "./row";
import { Empty, Failed, Loading } from "./states";
import type { Window } from "./window";

/**
 * The list, drawn anew whenever something of it arrives.
 * @param folds the folds that are open; undefined for a list without folds
 */
export function useList(path: string, query: string, folds?: string): MessageList {
  const isFolded = folds !== undefined;
  const list = useMemo(() => new MessageList(path, query, folds), [path, query, isFolded]);
  const [, redraw] = useReducer((n: number, _: undefined) => n + 1, 0);
  useEffect(() => {
    const leave = list.subscribe(() => redraw(undefined));
    list.want(0, 1);
    return () => { leave(); list.close(); };
  }, [list]);
  useEffect(() => { if (folds !== undefined) list.setFolds(folds); }, [list, folds]);
  return list;
}

interface Props {
  list: MessageList; view: Window; cursor: number; names?: Map<string, string>;
  onOpen(index: number): void; empty: ComponentChildren;
}

export function MessageGrid({ list, view, cursor, names, onOpen, empty }: Props) {
  const { from, to } = view;
  useEffect(() => { if (list.total !== 0) list.want(from, Math.max(to, 1)); }, [list, list.total, from, to]);
  const total = Math.max(0, list.total);
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const rows = indexes.map(i => list.row(i));
  const lanes = rails(rows, { above: from > 0, below: to < total }, list.row(cursor));
  const selected = list.row(cursor);
  return (
    <div class="gridwrap" ref={view.scroller} onScroll={view.onScroll}>
      <div class="canvas" ref={view.canvas}>
        <table class="grid" role={list.isFolded ? "treegrid" : "grid"} aria-label="Messages" aria-rowcount={total + 1} tabIndex={0} ref={view.table}
          aria-activedescendant={cursor >= from && cursor < to ? rowId(cursor) : undefined}>
          <Columns hasSession={names !== undefined} />
          <tbody>
            {rows.map((row, i) => row?.fold
              ? <FoldLine key={from + i} row={row} fold={row.fold} index={from + i} before={rows[i - 1]} isSelected={from + i === cursor} onOpen={onOpen} />
              : row
              ? <MessageLine key={from + i} row={row} index={from + i} before={rows[i - 1]} rail={lanes[i]!.rail} isInside={lanes[i]!.isInside}
                  isSelected={from + i === cursor} isMate={selected?.pair === row.seq && selected.session === row.session}
                  sessionName={names && (names.get(row.session) ?? row.session.slice(0, 8))} onOpen={onOpen} />
              : <tr key={from + i} role="row" aria-rowindex={from + i + 2} class="coming"><td colSpan={names ? 10 : 9}>…</td></tr>)}
          </tbody>
        </table>
      </div>
      {list.total < 0 && !list.problem && <Loading what="messages" />}
      {list.total < 0 && list.problem && list.problem.position === undefined && <Failed problem={list.problem} retry={() => list.retry()} />}
      {list.total < 0 && list.problem?.position !== undefined
        && <Empty title={list.problem.title}><p class="mid">The bar above shows where. The <a class="link" href="/help">help</a> has the query language.</p></Empty>}
      {list.total === 0 && empty}
    </div>
  );
}

function Columns({ hasSession }: { hasSession: boolean }) {
  return (
    <>
      <colgroup>
        <col class="c-seq" />{hasSession && <col class="c-sess" />}<col class="c-time" /><col class="c-delta" /><col class="c-rail" />
        <col class="c-kind" /><col class="c-name" /><col class="c-arg" /><col class="c-lat" /><col class="c-note" />
      </colgroup>
      <thead><tr role="row" aria-rowindex={1}>
        <th class="num">seq</th>{hasSession && <th class="sess-c">session</th>}<th class="h-time">time</th><th class="num h-delta">since prev</th>
        <th><span class="vh">exchange</span></th><th>kind</th><th>name</th><th class="h-arg">contents</th><th class="num">latency</th><th><span class="vh">notes</span></th>
      </tr></thead>
    </>
  );
}

export function GridStatus({ list, cursor, total }: { list: MessageList; cursor: number; total?: number }) {
  const row = list.row(cursor);
  return (
    <footer class="status hints">
      <span class="hide-sm"><kbd>j</kbd><kbd>k</kbd> move</span><span class="hide-sm"><kbd>Enter</kbd> open</span>
      <span class="hide-sm"><kbd>r</kbd> command or reply</span><span class="hide-sm"><kbd>[</kbd><kbd>]</kbd> same command</span>
      {list.isFolded && <span class="hide-sm"><kbd>→</kbd><kbd>←</kbd> open, close polls</span>}
      <span class="hide-sm"><kbd>e</kbd> next event</span><span class="hide-sm"><kbd>x</kbd> next error</span>
      <span class="grow" />
      {row && <span aria-live="off">#{row.seq}, row {count(cursor + 1)} of {count(list.total)}{total !== undefined && total !== list.total ? `, ${count(total)} in all` : ""}</span>}
    </footer>
  );
}
