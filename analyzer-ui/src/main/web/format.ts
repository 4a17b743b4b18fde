// Numbers, times and recorded text as people read them.
const THIN = "\u202f";

export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, THIN);
}

export function plural(value: number, one: string, many = one + "s"): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Three digits and a unit, from nanoseconds. */
export function duration(nanos: number): string {
  if (nanos < 1e3) return `${nanos} ns`;
  if (nanos < 1e5) return `${round(nanos / 1e3)} µs`;
  if (nanos < 1e9) return `${round(nanos / 1e6)} ms`;
  if (nanos < 60e9) return `${round(nanos / 1e9)} s`;
  const seconds = Math.round(nanos / 1e9);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  return `${count(Math.floor(minutes / 60))} h ${pad(minutes % 60)} min`;
}

function round(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}

const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");

export function clock(iso: string, hasMillis = true): string {
  const at = new Date(iso);
  const text = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
  return hasMillis ? `${text}.${pad(at.getMilliseconds(), 3)}` : text;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function day(iso: string): string {
  const at = new Date(iso);
  const year = at.getFullYear() === new Date().getFullYear() ? "" : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${MONTHS[at.getMonth()]}${year}`;
}

export function bytes(value: number): string {
  return `${count(value)}${THIN}B`;
}

export function brief(session: string): string {
  return session.slice(0, 8);
}

// Control characters and those that turn the direction of text would let a name pose as another.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

export function visible(text: string): string {
  return text.replace(HIDDEN, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** As it stands in JSON, with nothing hidden. */
export function quoted(text: string): string {
  return visible(JSON.stringify(text));
}

/** From 0 (10 µs and less) to 1 (1 s and more), on a log scale. */
export function latencyShare(nanos: number): number {
  return Math.min(1, Math.max(0.04, (Math.log10(Math.max(nanos, 1)) - 4) / 5));
}

export const SLOW_NANOS = 50e6;
