// The one place that fetches.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export const API = "/api/v1";

export class Problem extends Error {
  constructor(readonly title: string, readonly detail: string, readonly status: number,
    readonly position?: number, readonly length?: number) {
    super(`${title}: ${detail}`);
  }
}

type Parameters = Record<string, string | number | undefined>;

export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return API + path + (text ? (path.includes("?") ? "&" : "?") + text : "");
}

/** Throws a Problem, or an AbortError if the caller lost interest. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new Problem("The analyzer does not answer", "Is it still running? Its terminal says more.", 0);
  }
  if (response.ok) return await response.json() as T;
  throw await problemOf(response);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = await response.json();
    return new Problem(body.title, body.detail, response.status, body.position, body.length);
  } catch {
    return new Problem("The analyzer failed", `It answered with status ${response.status}.`, response.status);
  }
}

export interface Answered<T> {
  /** The last good answer; kept while a new one is on its way or failed. */
  data?: T;
  /** The address that `data` answers. */
  of?: string;
  problem?: Problem;
  isLoading: boolean;
  reload(): void;
}

/** Follows an address; null asks for nothing. */
export function useAnswer<T>(url: string | null): Answered<T> {
  const [state, setState] = useState<{ data?: T; of?: string; problem?: Problem; isLoading: boolean }>({ isLoading: url !== null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (url === null) {
      setState({ isLoading: false });
      return;
    }
    const control = new AbortController();
    setState(was => ({ ...was, isLoading: true }));
    get<T>(url, control.signal).then(
      data => setState({ data, of: url, isLoading: false }),
      problem => { if (!control.signal.aborted) setState(was => ({ ...was, problem, isLoading: false })); });
    return () => control.abort();
  }, [url, turn]);
  const reload = useCallback(() => setTurn(n => n + 1), []);
  return { ...state, reload };
}

/** Calls every few seconds while the page is seen. */
export function usePoll(call: () => void, milliseconds: number, isOn = true): void {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => { if (document.visibilityState === "visible") latest.current(); }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, isOn]);
}
