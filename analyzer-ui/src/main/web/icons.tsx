import type { Kind } from "./types";

const PATHS: Record<string, string[]> = {
  cmd: ["M2 8h11M9 4l4 4-4 4"],
  ret: ["M3 8.5 6.5 12 13 4.5"],
  error: ["m4 4 8 8M12 4l-8 8"],
  event: ["m8 3 5 5-5 5-5-5z"],
  greet: ["M13 8a5 5 0 1 1-10 0 5 5 0 0 1 10 0zM8 7.9v.2"],
  noise: ["M2 8h2l2-4 3 8 2-4h3"],
  note: ["M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM8 7.5V11M8 5.2v.1"],
  finding: ["M8 2.5 14 13H2z", "M8 6.5v3M8 11.3v.1"],
  search: ["M11.25 7a4.25 4.25 0 1 1-8.5 0 4.25 4.25 0 0 1 8.5 0zM10.5 10.5l3.25 3.25"],
  down: ["m4 6.5 4 4 4-4"],
  right: ["m6.5 4 4 4-4 4"],
  close: ["m4 4 8 8M12 4l-8 8"],
  copy: ["M5.5 5.5h8v8h-8z", "M10.5 3.5v-1h-8v8h1"],
  link: ["M7 9a3 3 0 0 0 4.2 0l2-2A3 3 0 0 0 9 2.8l-.6.6M9 7a3 3 0 0 0-4.2 0l-2 2A3 3 0 0 0 7 13.2l.6-.6"],
  plus: ["M8 3.5v9M3.5 8h9"],
  minus: ["M3.5 8h9"],
  eq: ["M3 6h10M3 10h10"],
  neq: ["M3 6h10M3 10h10M10.5 2.5l-5 11"],
  swap: ["M3 5.5h10l-3-3M13 10.5H3l3 3"],
  theme: ["M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z"],
  export: ["M8 2.5v7M5 7l3 3 3-3M2.5 12.5h11"],
  filter: ["M2.5 4h11M4.5 8h7M6.5 12h3"],
  fd: ["M9.5 4.5 5.2 8.8a1.4 1.4 0 0 0 2 2L12 6a2.8 2.8 0 0 0-4-4L3.2 6.8a4.2 4.2 0 0 0 6 6L13 9"],
  lock: ["M4 7.5h8v5.5H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2"],
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, size }: { name: IconName; size?: 12 }) {
  return (
    <svg class={size ? "i i--12" : "i"} viewBox="0 0 16 16" aria-hidden="true">
      {PATHS[name]!.map(d => <path d={d} />)}
      {name === "theme" && <path class="half" d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" />}
    </svg>
  );
}

/** A kind of message: its glyph, the word for it, the class of its colour. */
export const KINDS: Record<Kind, { icon: IconName; word: string; look: string }> = {
  greeting: { icon: "greet", word: "greeting", look: "greet" },
  command: { icon: "cmd", word: "command", look: "cmd" },
  success: { icon: "ret", word: "reply", look: "ret" },
  failure: { icon: "error", word: "error", look: "error" },
  event: { icon: "event", word: "event", look: "event" },
  unrecognized: { icon: "note", word: "unknown", look: "note" },
  noise: { icon: "noise", word: "noise", look: "noise" },
};

export function KindMark({ kind }: { kind: Kind }) {
  const { icon, word, look } = KINDS[kind];
  return <span class={`k k--${look}`}><Icon name={icon} />{word}</span>;
}

/** The glyph alone, its word for those who hear the page. */
export function KindGlyph({ kind }: { kind: Kind }) {
  const { icon, word, look } = KINDS[kind];
  return <span class={`k--${look} glyph`}><Icon name={icon} size={12} /><span class="vh">{word} </span></span>;
}

export function Brand() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M18 13.2A8 8 0 1 0 10.5 18.5h3.2l1.5-3.2 2.8 6 1.5-2.8h2.8" stroke-width="2.1" />
      <circle class="h" cx="10.5" cy="10.5" r="2.6" />
    </svg>
  );
}
