import { useLayoutEffect, useRef } from "preact/hooks";
import { clock, count, duration, latencyShare, SLOW_NANOS, visible } from "./format";
import { Icon, KindMark, KINDS } from "./icons";
import type { Rail } from "./rail";
import type { Row } from "./types";

interface Props {
  row: Row; index: number; before?: Row; rail: Rail; isInside: boolean; isSelected: boolean; isMate: boolean;
  sessionName?: string; onOpen(index: number): void;
}

export function rowId(index: number): string {
  return `row-${index}`;
}

export function MessageLine({ row, index, before, rail, isInside, isSelected, isMate, sessionName, onOpen }: Props) {
  const look = KINDS[row.kind].look;
  const classes = [`t-${look}`, isMate && "mate", isInside && "inx", row.within !== undefined && "within"].filter(Boolean).join(" ");
  const name = visible(row.name);
  const contents = visible(row.contents);
  return (
    <tr id={rowId(index)} role="row" class={classes} aria-rowindex={index + 2} aria-level={level(row)} aria-selected={isSelected} onClick={() => onOpen(index)}>
      <td class="num seq">{row.seq}</td>
      {sessionName !== undefined && <td class="sess-c cut mid">{sessionName}</td>}
      <td class="time">{clock(row.at)}</td>
      <td class="num delta">{sincePrevious(row, before)}</td>
      <td class={`rail ${rail}`} />
      <td><KindMark kind={row.kind} /></td>
      <td class="name"><bdi>{name}</bdi></td>
      <td class="arg"><bdi>{contents}</bdi></td>
      <td class="num">{row.latencyNanos !== undefined && <Latency nanos={row.latencyNanos} />}</td>
      <td class="notes"><Notes row={row} /></td>
    </tr>
  );
}

/** Only a folded list, where it means something, is told to have levels. */
function level(row: Row): number | undefined {
  return row.within === undefined ? undefined : 2;
}

export function sincePrevious(row: Row, before?: Row): string {
  if (!before || before.session !== row.session || before.fold?.isOpen) return "";
  return "+" + duration(Math.max(0, row.sinceNanos - before.sinceNanos - (before.fold?.lastedNanos ?? 0)));
}

export function Latency({ nanos }: { nanos: number }) {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => bar.current?.style.setProperty("--w", String(latencyShare(nanos))), [nanos]);
  return <span class={nanos >= SLOW_NANOS ? "lat slow" : "lat"}><i ref={bar} /><span>{duration(nanos)}</span></span>;
}

export function Notes({ row }: { row: Row }) {
  return (
    <>
      {row.findings > 0 && <span class="k k--finding"><Icon name="finding" /><span class="vh">findings: </span>{count(row.findings)}</span>}
      {row.masked > 0 && <span class="k k--note"><Icon name="lock" /><span class="vh">masked: </span>{count(row.masked)}</span>}
      {row.descriptors > 0 && <span class="k k--note"><Icon name="fd" /><span class="vh">descriptors: </span>{count(row.descriptors)}</span>}
    </>
  );
}
