// The keyboard: each part of the page brings its own keys and takes them with it.
import { useLayoutEffect, useRef } from "preact/hooks";
import { current } from "./state";

type Keys = Record<string, () => void>;

const layers: { current: Keys }[] = [];

/** Keys by `KeyboardEvent.key`. The part that came last is asked first. */
export function useKeys(keys: Keys): void {
  const layer = useRef(keys);
  layer.current = keys;
  // Before the next key can come: an ordinary effect runs only after the page was painted.
  useLayoutEffect(() => {
    layers.push(layer);
    return () => { layers.splice(layers.indexOf(layer), 1); };
  }, []);
}

export function listenToKeys(): void {
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && (target as HTMLInputElement).type !== "checkbox") return;
    if (event.key.length === 1 && !current().hasKeys) return;
    // What a focused control does with a key is the control's.
    if (/^(Enter| |Arrow)/.test(event.key) && target.closest("a, button, select, input")) return;
    for (let i = layers.length - 1; i >= 0; i--) {
      const act = layers[i]!.current[event.key];
      if (act) {
        event.preventDefault();
        act();
        return;
      }
    }
  });
}

/** Puts the cursor where the place asks for text. */
export function focusQuery(): void {
  const input = document.querySelector<HTMLInputElement>("[data-query]");
  input?.focus();
  input?.select();
}
