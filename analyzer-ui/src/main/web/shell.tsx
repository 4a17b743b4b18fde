import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { address, useAnswer, usePoll } from "./api";
import { plural, visible } from "./format";
import { Brand, Icon } from "./icons";
import { focusQuery, useKeys } from "./keys";
import { go, usePlace } from "./router";
import { nextTheme, useAppState } from "./state";
import type { Status } from "./types";

const NAVIGATION = [
  { href: "/sessions", word: "Sessions", of: ["sessions", "s", "m"] },
  { href: "/search", word: "Search", of: ["search"] },
  { href: "/diff", word: "Compare", of: ["diff"] },
  { href: "/catalog", word: "Catalog", of: ["catalog"] },
];

export function Shell({ children }: { children: ComponentChildren }) {
  const place = usePlace();
  useKeys({ "?": () => go("/help"), t: nextTheme, "/": focusQuery });
  const first = place.parts[0] ?? "sessions";
  const isFixed = ["s", "m", "search", "diff", "catalog"].includes(first);
  return (
    <div class={isFixed ? "app app--fixed" : "app"}>
      <a class="skip" href="#main">Skip to content</a>
      <header class="top">
        <a class="brand" href="/sessions" aria-label="qmptape, all sessions"><Brand /><span>qmp<span>tape</span></span></a>
        <nav class="nav" aria-label="Main">
          {NAVIGATION.map(item =>
            <a href={item.href} aria-current={item.of.includes(first) ? "page" : undefined}>{item.word}</a>)}
        </nav>
        <TopEnd />
      </header>
      {children}
    </div>
  );
}

function TopEnd() {
  const { theme } = useAppState();
  const status = useAnswer<Status>(address("/status"));
  usePoll(status.reload, 5000);
  return (
    <div class="top__end">
      {status.data && <span class="hide-md">tape <b class="mid">{visible(status.data.tape)}</b> · {plural(status.data.sessions, "session")}
        {status.data.open > 0 && <> · {status.data.open} live</>}</span>}
      <a class="btn btn--quiet" href="/help" aria-label="Keys and query language"><span class="hide-sm">Keys</span><kbd>?</kbd></a>
      <button class="btn btn--quiet btn--icon" aria-label={`Theme: ${theme}. Switch`} title={`Theme: ${theme} (t)`} onClick={nextTheme}><Icon name="theme" /></button>
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => { document.title = `${title} · qmptape`; }, [title]);
}
