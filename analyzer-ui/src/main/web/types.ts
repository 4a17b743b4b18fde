// The shapes of /api/v1.
export type Kind = "greeting" | "command" | "success" | "failure" | "event" | "unrecognized" | "noise";

export interface Status { tape: string; sessions: number; open: number; messages: number; indexedRecords: number }

export interface Peer { address: string; command: string; pid?: number; uid?: number }

export interface Session {
  id: string; name: string; qemu: string; client: string; openedAt: string; durationNanos: number;
  messages: number; errors: number; findings: number; masked: number; gaps: number;
  closed?: string; activity: number[];
  ends: {
    listen: string; upstream: string; origin: string; masking: string; client: Peer; server: Peer;
    machine: { name: string; knownBy: string; uuid: string; pid?: number };
  };
}

export interface Sessions { total: number; messages: number; errors: number; findings: number; sessions: Session[] }

export interface Row {
  session: string; seq: number; at: string; sinceNanos: number; direction: "c2s" | "s2c"; kind: Kind;
  name: string; contents: string; latencyNanos?: number; pair?: number;
  findings: number; masked: number; descriptors: number; bytes: number;
  /** What the row stands for instead of its message, or the first message of the open fold that it belongs to. */
  fold?: Fold; within?: number;
}

export interface Spread { leastNanos: number; medianNanos: number; mostNanos: number }

export interface Moved { path: string; first: string; last: string; least: string; most: string }

export interface Polls {
  command: string; arguments: string; count: number; every: Spread; latency: Spread;
  moved: Moved[]; movedInAll: number; answer: string;
}

export interface Fold {
  first: number; last: number; count: number; messages: number; lastedNanos: number; isOpen: boolean; hints: number; polls: Polls[];
}

/** `folded`: how many messages were looked at so far, while a long session is being folded. */
export interface Page { total: number; offset: number; rows: Row[]; folded?: number }

export interface TreeNode {
  type: "object" | "array" | "string" | "number" | "boolean" | "null";
  key?: string; text?: string; size?: number; from?: number; children?: TreeNode[]; masked?: string;
}

export interface Finding { rule: string; severity: "error" | "warning" | "info"; path: string; text: string }

export interface Message {
  row: Row; pair?: Row; frame: "message" | "noise" | "unfinished"; text?: string; base64?: string; cutAt?: number;
  tree?: TreeNode; fault?: string; reads: number; descriptors: string[]; findings: Finding[];
  masked: { path: string; type: string }[]; catalog: string; entry?: CatalogEntry;
}

export interface Facet { field: string; values: { value: string; count: number }[] }

export interface CatalogLine { kind: "command" | "event"; name: string; summary: string; effect: string; era: string; seen: number }

export interface CatalogEntry {
  kind: "command" | "event"; name: string; summary: string; effect: string; related: string[]; era: string;
  arguments: { name: string; type: string; code: string; optional: boolean; summary: string }[];
  returns: { path: string; type: string; optional: boolean; values?: string[] }[];
}

export interface Side { seq: number; name: string; contents: string; replySeq?: number; reply?: Kind; latencyNanos?: number }

export interface DiffRow {
  kind: "same" | "changed" | "only-a" | "only-b" | "equal"; at: number; count?: number; a?: Side; b?: Side;
  changes?: { path: string; a?: string; b?: string }[];
}

export interface Diff {
  a: Session; b: Session; isCut: boolean; rows: DiffRow[];
  counts: { total: number; same: number; changed: number; onlyA: number; onlyB: number; unknown: number };
}
