import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "./api";
import { count as digits } from "./format";
import { Icon } from "./icons";

interface Props {
  q: string; problem?: Problem; total: number; count?: ComponentChildren;
  onSearch(text: string): void; onFacets(): void;
  folding?: { isOn: boolean; toggle(): void };
}

export function QueryBar({ q, problem, total, count, onSearch, onFacets, folding }: Props) {
  const [text, setText] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(q), [q]);
  const bad = problem?.position !== undefined && text === q ? problem : undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    onSearch(text.trim());
    input.current?.blur();
  };
  return (
    <form class="qbar" role="search" onSubmit={submit}>
      <div class="qbox">
        <div class={bad ? "field query is-bad" : "field query"}>
          <Icon name="search" />
          <span class="text"><span class="ghost" aria-hidden="true"><Coloured text={text} bad={bad} /></span>
            <input data-query ref={input} value={text} aria-label="Query" spellcheck={false} autocomplete="off" aria-invalid={bad ? "true" : undefined}
              aria-describedby={bad ? "query-problem" : undefined} maxLength={4096}
              placeholder="command:blockdev-* latency:>50ms, or any words"
              onInput={e => setText(e.currentTarget.value)} onScroll={e => follow(e.currentTarget)}
              onKeyDown={e => { if (e.key === "Escape") e.currentTarget.blur(); }} /></span>
          {total >= 0 && !problem && <span class="count" aria-live="polite">{count ?? <><b>{digits(total)}</b> messages</>}</span>}
          {text !== "" && <button type="button" class="btn btn--quiet btn--icon btn--sm" aria-label="Clear the query" onClick={() => onSearch("")}><Icon name="close" size={12} /></button>}
          <kbd class="hide-sm">/</kbd>
        </div>
        {bad && <p class="query__problem" id="query-problem" role="alert"><Icon name="error" size={12} />At character {bad.position! + 1}: {bad.detail}</p>}
      </div>
      {folding && <button type="button" class="btn btn--toggle" aria-pressed={folding.isOn} onClick={folding.toggle}>Fold polls <kbd class="hide-sm">u</kbd></button>}
      <button type="button" class="btn only-narrow" onClick={onFacets}><Icon name="filter" />Filters</button>
    </form>
  );
}

/** The coloured text lies behind the input's own, which is transparent, and scrolls with it. */
function follow(input: HTMLInputElement): void {
  input.previousElementSibling!.scrollLeft = input.scrollLeft;
}

const PARTS = /([\w.-]+:)|(\(|\)|\b(?:AND|OR|NOT)\b|(?:^|(?<=\s))-)|[^\s(]+|\s+|\(/g;

function Coloured({ text, bad }: { text: string; bad?: Problem }) {
  if (bad) {
    const start = Math.min(bad.position!, Math.max(0, text.length - 1));
    const end = Math.max(start + 1, start + (bad.length ?? 0));
    return <>{text.slice(0, start)}<span class="bad">{text.slice(start, end) || " "}</span>{text.slice(end)}</>;
  }
  return <>{[...text.matchAll(PARTS)].map(([part, field, operator]) =>
    <span class={field ? "f" : operator ? "o" : "v"}>{part}</span>)}</>;
}
