import { useEffect, useRef } from "preact/hooks";
import { count, visible } from "./format";
import { Icon, KindGlyph } from "./icons";
import { places } from "./router";
import type { Diff, DiffRow, Side } from "./types";

interface Props { diff: Diff; rows: DiffRow[]; cursor: number; isCut: boolean; onUnfold(row: DiffRow): void; onMore(): void }

const LOOKS = {
  same: { look: "", icon: "eq", word: "same" }, changed: { look: "chg", icon: "neq", word: "changed" },
  "only-a": { look: "onlyA", icon: "minus", word: "only in A" }, "only-b": { look: "onlyB", icon: "plus", word: "only in B" },
  equal: { look: "fold", icon: "eq", word: "equal" },
} as const;

export function DiffTable({ diff, rows, cursor, isCut, onUnfold, onMore }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.querySelector(".cur")?.scrollIntoView({ block: "center" }); }, [cursor]);
  return (
    <div class="gridwrap" ref={box} tabIndex={0} role="region" aria-label="Aligned commands">
      <table class="dtable">
        <colgroup><col class="d-seq" /><col /><col class="d-mark" /><col class="d-seq" /><col /></colgroup>
        <thead><tr><th class="num">seq</th><th>A · {visible(diff.a.name)}</th><th><span class="vh">Difference</span></th><th class="num">seq</th><th>B · {visible(diff.b.name)}</th></tr></thead>
        <tbody>{rows.map(row => row.kind === "equal" ? <Fold key={row.at} row={row} onUnfold={onUnfold} /> : <Pair key={row.at} diff={diff} row={row} isHere={row.at === cursor} />)}</tbody>
      </table>
      {isCut && <p class="note"><button class="linkish" onClick={onMore}>Show more rows</button></p>}
    </div>
  );
}

function Fold({ row, onUnfold }: { row: DiffRow; onUnfold(row: DiffRow): void }) {
  return <tr class="fold"><td colSpan={5}>{count(row.count!)} equal rows hidden · <button class="linkish" onClick={() => onUnfold(row)}>Show</button></td></tr>;
}

function Pair({ diff, row, isHere }: { diff: Diff; row: DiffRow; isHere: boolean }) {
  const { look, icon, word } = LOOKS[row.kind];
  return (
    <>
      <tr class={`${look}${isHere ? " cur" : ""}`}>
        <SideCells side={row.a} session={diff.a.id} of="a" />
        <td class="mk"><Icon name={icon} size={12} /><span class="vh"> {word}</span></td>
        <SideCells side={row.b} session={diff.b.id} of="b" />
      </tr>
      {row.changes?.map(change => <tr class="mem">
        <td class="sq a" /><td class="a"><Member path={change.path} value={change.a} /></td><td class="mk" />
        <td class="sq b" /><td class="b"><Member path={change.path} value={change.b} /></td></tr>)}
    </>
  );
}

function SideCells({ side, session, of }: { side?: Side; session: string; of: "a" | "b" }) {
  if (!side) return <><td class={`sq ${of}`} /><td class={`${of} kk`}><span class="vh">absent</span></td></>;
  return (
    <>
      <td class={`sq ${of}`}>{side.seq}</td>
      <td class={`${of} kk`} title={visible(side.contents)}><KindGlyph kind="command" /><a class="name" href={places.session(session, side.seq)}><bdi>{visible(side.name)}</bdi></a> <bdi class="args">{visible(side.contents)}</bdi>
        {side.reply === "failure" && <> <KindGlyph kind="failure" /></>}{side.reply === undefined && <span class="abs"> no reply</span>}</td>
    </>
  );
}

function Member({ path, value }: { path: string; value?: string }) {
  return <><bdi class="path">{visible(path.replace(/^\$\./, ""))}</bdi> {value === undefined ? <span class="abs">absent</span> : <mark><bdi>{visible(value)}</bdi></mark>}</>;
}
