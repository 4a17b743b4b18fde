import { useEffect, useMemo, useState } from "preact/hooks";
import { address, get, useAnswer } from "./api";
import { DiffTable } from "./diffTable";
import { brief, clock, count, day, visible } from "./format";
import { Icon } from "./icons";
import { useKeys } from "./keys";
import { go, places } from "./router";
import { useTitle } from "./shell";
import { Empty, Waiting } from "./states";
import type { Diff, DiffRow, Session, Sessions } from "./types";

export function DiffPage({ a, b }: { a: string; b: string }) {
  useTitle("Compare");
  const sessions = useAnswer<Sessions>(address("/sessions", { limit: 1000, activity: 0 }));
  const answer = useAnswer<Diff>(a && b ? address("/diff", { a, b }) : null);
  return (
    <main id="main" class="sess">
      <h1 class="vh">Compare two sessions</h1>
      <div class="qbar qbar--pair">
        <Choice side="a" value={a} sessions={sessions.data?.sessions ?? []} onChoose={id => go(places.diff(id, b))} />
        <button class="btn btn--quiet btn--icon" aria-label="Swap A and B" onClick={() => go(places.diff(b, a))}><Icon name="swap" /></button>
        <Choice side="b" value={b} sessions={sessions.data?.sessions ?? []} onChoose={id => go(places.diff(a, id))} />
      </div>
      {a && b ? <Waiting answer={answer} what="the comparison">{diff => <Comparison key={diff.a.id + diff.b.id} diff={diff} />}</Waiting>
        : <Empty title="Choose two sessions"><p class="mid">Pick A and B above, or mark them in the <a class="link" href="/sessions">list of sessions</a>. Commands are aligned first, then their members are compared.</p></Empty>}
    </main>
  );
}

function Choice({ side, value, sessions, onChoose }: { side: "a" | "b"; value: string; sessions: Session[]; onChoose(id: string): void }) {
  return (
    <label class="pairsel"><span class={`tag tag--${side}`}>{side.toUpperCase()}</span><span class="vh">Session {side.toUpperCase()}</span>
      <select class="btn" value={value} onChange={e => onChoose(e.currentTarget.value)}>
        {!sessions.some(session => session.id === value) && <option value={value}>{value ? brief(value) : "choose a session"}</option>}
        {sessions.map(session => <option value={session.id}>{visible(session.name)} · {brief(session.id)} · {day(session.openedAt)} {clock(session.openedAt, false)} · {count(session.messages)}</option>)}
      </select>
    </label>
  );
}

function Comparison({ diff }: { diff: Diff }) {
  const [rows, setRows] = useState(diff.rows);
  const [isCut, setCut] = useState(diff.isCut);
  const [cursor, setCursor] = useState(-1);
  const changes = useMemo(() => rows.filter(row => row.kind !== "same" && row.kind !== "equal").map(row => row.at), [rows]);
  useEffect(() => { setRows(diff.rows); setCut(diff.isCut); }, [diff]);
  const step = (by: 1 | -1) => { if (changes.length > 0) setCursor(Math.max(0, Math.min(changes.length - 1, cursor + by))); };
  useKeys({ n: () => step(1), p: () => step(-1) });
  const fetchRows = async (offset: number, limit: number) =>
    get<Diff>(address("/diff", { a: diff.a.id, b: diff.b.id, offset, limit: Math.min(1000, limit) }));
  const unfold = async (row: DiffRow) => {
    const part = await fetchRows(row.at, row.count!);
    const left = row.count! - part.rows.length;
    const rest: DiffRow[] = left > 0 ? [{ kind: "equal", at: row.at + part.rows.length, count: left }] : [];
    setRows(was => was.flatMap(one => one === row ? [...part.rows, ...rest] : [one]));
  };
  const more = async () => {
    const last = rows[rows.length - 1]!;
    const part = await fetchRows(last.at + (last.count ?? 1), 1000);
    setRows([...rows, ...part.rows]);
    setCut(part.isCut);
  };
  return (
    <>
      <Summary diff={diff} position={cursor} changes={changes.length} onStep={step} />
      {diff.counts.total === 0 ? <Empty title="Nothing to compare"><p class="mid">Neither session has a command.</p></Empty>
        : <DiffTable diff={diff} rows={rows} cursor={changes[cursor] ?? -1} isCut={isCut} onUnfold={row => void unfold(row)} onMore={() => void more()} />}
    </>
  );
}

function Summary({ diff, position, changes, onStep }: { diff: Diff; position: number; changes: number; onStep(by: 1 | -1): void }) {
  const { same, changed, onlyA, onlyB, unknown, total } = diff.counts;
  return (
    <div class="sum">
      <Proportion parts={[["same", same], ["changed", changed], ["a", onlyA], ["b", onlyB]]} total={total} />
      <span class="dim"><b class="mid">{count(same)}</b> same <Icon name="eq" size={12} /></span>
      <span><b>{count(changed)}</b> changed <Icon name="neq" size={12} /></span>
      <span class="mkA"><b>{count(onlyA)}</b> only in A <Icon name="minus" size={12} /></span>
      <span class="mkB"><b>{count(onlyB)}</b> only in B <Icon name="plus" size={12} /></span>
      {unknown > 0 && <span class="dim" title="Not masked under one key: nobody can tell whether they are the same"><b class="mid">{count(unknown)}</b> masked, unknown <Icon name="lock" size={12} /></span>}
      <span class="grow" />
      <span class="dim" aria-live="polite">{changes === 0 ? "no difference" : position < 0 ? `${count(changes)} differences` : `difference ${count(position + 1)} of ${count(changes)}`}</span>
      <button class="btn btn--sm" disabled={changes === 0} onClick={() => onStep(-1)}>Previous <kbd class="hide-sm">p</kbd></button>
      <button class="btn btn--sm" disabled={changes === 0} onClick={() => onStep(1)}>Next <kbd class="hide-sm">n</kbd></button>
    </div>
  );
}

function Proportion({ parts, total }: { parts: [string, number][]; total: number }) {
  let x = 0;
  return (
    <svg class="prop" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(([name, n]) => {
        const width = n / Math.max(1, total) * 100;
        x += width;
        return n > 0 && <rect class={`p-${name}`} x={x - width} width={Math.max(0.6, width - 0.5)} height="8" />;
      })}
    </svg>
  );
}
