// The exchange rail: the bracket from a command to its reply. One lane: while an exchange is open, others that begin
// inside it draw none, unless one of them is selected.
import type { Row } from "./types";

export type Rail = "" | "rail--s" | "rail--m" | "rail--e";

export function rails(rows: (Row | undefined)[], selected?: Row): { rail: Rail; isInside: boolean }[] {
  const chosen = selected?.pair === undefined ? undefined
    : { session: selected.session, from: Math.min(selected.seq, selected.pair), to: Math.max(selected.seq, selected.pair) };
  let open: { session: string; from: number; to: number } | undefined;
  return rows.map(row => {
    if (!row) return { rail: "" as Rail, isInside: false };
    if (chosen && row.session === chosen.session && row.seq >= chosen.from && row.seq <= chosen.to) {
      if (row.seq === chosen.to) open = undefined;
      return { rail: part(row.seq, chosen), isInside: true };
    }
    if (open && (row.session !== open.session || row.seq > open.to)) open = undefined;
    if (!open && row.pair !== undefined) {
      open = { session: row.session, from: Math.min(row.seq, row.pair), to: Math.max(row.seq, row.pair) };
      // A selected exchange that begins inside needs the lane.
      if (chosen && chosen.session === open.session && chosen.from > open.from && chosen.from < open.to) open = undefined;
    }
    return { rail: open ? part(row.seq, open) : "" as Rail, isInside: false };
  });
}

function part(seq: number, span: { from: number; to: number }): Rail {
  return seq === span.from ? "rail--s" : seq === span.to ? "rail--e" : "rail--m";
}
