import { useMemo } from "preact/hooks";
import { address, useAnswer } from "./api";
import { brief, count, visible } from "./format";
import { Messages } from "./messages";
import { useTitle } from "./shell";
import { CommandLine, Empty } from "./states";
import type { Session, Sessions } from "./types";

const NONE: Session[] = [];

export function SearchPage({ q }: { q: string }) {
  useTitle(q ? `${q} · Search` : "Search");
  const answer = useAnswer<Sessions>(address("/sessions", { limit: 1000, activity: 0 }));
  const sessions = answer.data?.sessions ?? NONE;
  const names = useMemo(() => new Map(sessions.map(session => [session.id, `${visible(session.name)} ${brief(session.id)}`])), [sessions]);
  return (
    <main id="main" class="sess">
      <h1 class="vh">Search all sessions</h1>
      <Messages path="/search" q={q} names={names}
        count={list => <><b>{count(list.total)}</b> in {count(sessions.length)} sessions</>}
        empty={sessions.length === 0
          ? <Empty title="No recordings yet"><CommandLine text="qmptape record --listen unix:/tmp/qmp.sock --upstream unix:/run/vm/qmp.sock" /></Empty>
          : <Empty title="No message matches"><p class="mid">Nothing on this tape fits the query. The <a class="link" href="/help">help</a> has the query language.</p></Empty>} />
    </main>
  );
}
