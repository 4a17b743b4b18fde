// Runs of polls: which are open stands in the address, what they say is put into words here.
import { count, duration, visible } from "./format";
import { go, withQuery } from "./router";
import type { Fold, Moved, Polls } from "./types";

/** The server takes no more at a time. */
const MOST_OPEN = 200;

/** @param open those that are open, as the address has them */
export function setFold(open: string, first: number, isOpen: boolean): void {
  const others = open.split(",").filter(one => one && Number(one) !== first);
  go(withQuery({ open: (isOpen ? [...others, first] : others).slice(-MOST_OPEN).join(",") }), "replace");
}

export function commands(fold: Fold): string {
  return [...new Set(fold.polls.map(polls => visible(polls.command)))].join(", ");
}

export function spoken(fold: Fold): string {
  return `${count(fold.count)} polls of ${commands(fold)}`;
}

export function contents(fold: Fold): string {
  const several = fold.polls.length > 1;
  return fold.polls.map(polls => [several ? `${visible(polls.command)} ×${count(polls.count)}` : "", visible(polls.arguments),
    every(polls), answers(polls)].filter(Boolean).join(" ")).join("; ");
}

function every({ every: { medianNanos, mostNanos } }: Polls): string {
  const hasPaused = mostNanos > 3 * medianNanos;
  return `every ${duration(medianNanos)}${hasPaused ? `, at most ${duration(mostNanos)}` : ""}:`;
}

function answers({ moved, movedInAll, answer }: Polls): string {
  if (movedInAll === 0) return `unchanged ${visible(answer.replace(/\s+/g, " "))}`;
  return moved.map(words).join(", ") + (movedInAll > moved.length ? ` and ${count(movedInAll - moved.length)} more` : "");
}

function words({ path, first, last, least, most }: Moved): string {
  const isBetween = [first, last].includes(least) && [first, last].includes(most);
  return visible(`${path.replace(/^\$\./, "")} ${first}…${last}${isBetween ? "" : ` (${least} to ${most})`}`);
}
