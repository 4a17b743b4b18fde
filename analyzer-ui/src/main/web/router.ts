// Where the page is: all of it stands in the address.
import { useEffect, useState } from "preact/hooks";

export interface Place { path: string; parts: string[]; query: URLSearchParams }

const listeners = new Set<() => void>();

function here(): Place {
  const parts = location.pathname.split("/").filter(Boolean).map(decode);
  return { path: location.pathname, parts, query: new URLSearchParams(location.search) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function go(url: string, how: "push" | "replace" = "push"): void {
  if (url === location.pathname + location.search) return;
  history[how === "push" ? "pushState" : "replaceState"](null, "", url);
  listeners.forEach(tell => tell());
}

/** The present place with some of its parameters changed; undefined takes one away. */
export function withQuery(changes: Record<string, string | number | undefined>): string {
  const { path, query } = here();
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") query.delete(name); else query.set(name, String(value));
  }
  const text = query.toString();
  return path + (text ? "?" + text : "");
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const tell = () => setPlace(here());
    listeners.add(tell);
    addEventListener("popstate", tell);
    return () => { listeners.delete(tell); removeEventListener("popstate", tell); };
  }, []);
  return place;
}

/** Ordinary links to places of the page stay in the page. */
export function followLinks(): void {
  document.addEventListener("click", click => {
    if (click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    const link = (click.target as Element).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (link.pathname.startsWith("/api/") || link.target || link.hash) return;
    click.preventDefault();
    go(link.pathname + link.search);
    scrollTo(0, 0);
  });
}

export const places = {
  session: (id: string, seq?: number, q?: string) =>
    `/s/${id}` + query({ q, seq }),
  message: (id: string, seq: number) => `/m/${id}/${seq}`,
  search: (q: string) => "/search" + query({ q }),
  diff: (a?: string, b?: string) => "/diff" + query({ a, b }),
  entry: (kind: string, name: string) => `/catalog/${kind}/${encodeURIComponent(name)}`,
};

function query(parameters: Record<string, string | number | undefined>): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined && value !== "") all.set(name, String(value));
  const text = all.toString();
  return text ? "?" + text : "";
}
