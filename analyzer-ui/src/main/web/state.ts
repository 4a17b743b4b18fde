// What outlives a place: the theme, the sessions marked for a comparison, whether single letters are keys.
import { useEffect, useState } from "preact/hooks";

export type Theme = "auto" | "light" | "dark";
export interface Mark { id: string; name: string }
export interface State { theme: Theme; marks: Mark[]; hasKeys: boolean }

const THEMES: Theme[] = ["auto", "light", "dark"];
const listeners = new Set<() => void>();
let state: State = {
  theme: THEMES.find(theme => theme === localStorage.getItem("qmptape.theme")) ?? "auto",
  marks: readMarks(),
  hasKeys: localStorage.getItem("qmptape.keys") !== "off",
};

function readMarks(): Mark[] {
  try {
    return (JSON.parse(sessionStorage.getItem("qmptape.marks") ?? "[]") as Mark[]).slice(0, 2);
  } catch {
    return [];
  }
}

function change(changes: Partial<State>): void {
  state = { ...state, ...changes };
  listeners.forEach(tell => tell());
}

export function current(): State {
  return state;
}

export function useAppState(): State {
  const [seen, setSeen] = useState(state);
  useEffect(() => {
    const tell = () => setSeen(state);
    listeners.add(tell);
    tell();
    return () => { listeners.delete(tell); };
  }, []);
  return seen;
}

export function nextTheme(): void {
  const theme = THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length]!;
  localStorage.setItem("qmptape.theme", theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  change({ theme });
}

function setMarks(marks: Mark[]): void {
  sessionStorage.setItem("qmptape.marks", JSON.stringify(marks));
  change({ marks });
}

/** Marks a session as A, then B; a third takes the place of B. */
export function toggleMark(mark: Mark): void {
  const others = state.marks.filter(other => other.id !== mark.id);
  setMarks(others.length < state.marks.length ? others : [...others.slice(0, 1), mark]);
}

export const swapMarks = () => setMarks([...state.marks].reverse());
export const clearMarks = () => setMarks([]);

export function setKeys(hasKeys: boolean): void {
  localStorage.setItem("qmptape.keys", hasKeys ? "on" : "off");
  change({ hasKeys });
}
