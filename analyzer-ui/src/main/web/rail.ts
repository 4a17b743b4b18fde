// The exchange rail: the bracket from a command to its reply. One lane: while an exchange is open, others that begin
// inside it draw none, unless one of them is selected.
import type { Row } from "./types";

export type Rail = "" | "rail--s" | "rail--m" | "rail--e";

interface Edges { above: boolean; below: boolean }
interface Span { session: string; from: number; to: number }

/** @param edges whether the list goes on above and below these rows */
export function rails(rows: (Row | undefined)[], edges: Edges, selected?: Row): { rail: Rail; isInside: boolean }[] {
  const chosen = selected?.pair === undefined ? undefined
    : { session: selected.session, from: Math.min(selected.seq, selected.pair), to: Math.max(selected.seq, selected.pair) };
  let open: Span | undefined;
  return rows.map((row, i) => {
    if (!row) return { rail: "" as Rail, isInside: false };
    if (chosen && row.session === chosen.session && row.seq >= chosen.from && row.seq <= chosen.to) {
      if (row.seq === chosen.to) open = undefined;
      return { rail: joined(rows, i, chosen, edges), isInside: true };
    }
    if (open && (row.session !== open.session || row.seq > open.to)) open = undefined;
    if (!open && row.pair !== undefined) {
      open = { session: row.session, from: Math.min(row.seq, row.pair), to: Math.max(row.seq, row.pair) };
      // A selected exchange that begins inside needs the lane.
      if (chosen && chosen.session === open.session && chosen.from > open.from && chosen.from < open.to) open = undefined;
    }
    return { rail: open ? joined(rows, i, open, edges) : "" as Rail, isInside: false };
  });
}

/** A list may leave the other half out: an end that nothing in the list joins draws no bracket. */
function joined(rows: (Row | undefined)[], i: number, span: Span, edges: Edges): Rail {
  const seq = rows[i]!.seq;
  const isIn = (other: Row | undefined) => other !== undefined && other.session === span.session && other.seq >= span.from && other.seq <= span.to;
  if (seq === span.from) return (i + 1 === rows.length ? edges.below : isIn(rows[i + 1])) ? "rail--s" : "";
  if (seq === span.to) return (i === 0 ? edges.above : isIn(rows[i - 1])) ? "rail--e" : "";
  return "rail--m";
}
