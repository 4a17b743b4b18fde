import { address, useAnswer, usePoll } from "./api";
import { Activity } from "./activity";
import { brief, clock, count, day, duration, plural, visible } from "./format";
import { useKeys } from "./keys";
import type { MessageList } from "./messageList";
import { Messages } from "./messages";
import { places, withQuery } from "./router";
import { useTitle } from "./shell";
import { toggleMark, useAppState } from "./state";
import { Empty, Waiting } from "./states";
import type { Peer, Session } from "./types";

export function SessionPage({ id, tab, q }: { id: string; tab: string; q: string }) {
  const answer = useAnswer<Session>(address(`/sessions/${encodeURIComponent(id)}`));
  useTitle(answer.data ? visible(answer.data.name) || "Session" : "Session");
  usePoll(answer.reload, 4000, answer.data !== undefined && !answer.data.closed);
  return (
    <main id="main" class="sess">
      <Waiting answer={answer} what="the session">{session =>
        <>
          <SessionHead session={session} tab={tab} />
          {tab === "details" ? <Details session={session} />
            : <Messages path={`/sessions/${session.id}/messages`} q={q} session={session.id} total={session.messages} isLive={!session.closed}
                count={list => <Counted list={list} isFound={q !== ""} all={session.messages} />}
                above={view => <Activity session={session} view={view} />}
                empty={<Empty title={q ? "No message matches" : "No messages yet"}>
                  <p class="mid">{q ? `The session has ${count(session.messages)}; none of them fits this query.` : "The connection is open and nothing has been said."}</p></Empty>} />}
        </>}</Waiting>
    </main>
  );
}

function Counted({ list, isFound, all }: { list: MessageList; isFound: boolean; all: number }) {
  if (isFound) return <><b>{count(list.total)}</b> of {count(all)}</>;
  if (list.folded !== undefined) return <>folding, <b>{count(list.folded)}</b> of {count(all)}</>;
  return <><b>{count(all)}</b> messages{list.isFolded && list.total < all && <> in {plural(list.total, "row")}</>}</>;
}

export function SessionHead({ session, tab }: { session: Session; tab?: string }) {
  const { marks } = useAppState();
  useKeys({ m: () => toggleMark(session) });
  const side = marks.findIndex(mark => mark.id === session.id);
  return (
    <div>
      <div class="sess__head">
        <h1 class="wrap"><bdi>{visible(session.name) || "unnamed"}</bdi></h1>
        {side >= 0 && <span class={`tag tag--${"ab"[side]}`}>{"AB"[side]}</span>}
        <div class="sess__meta">
          {session.qemu && <span>QEMU <b>{visible(session.qemu)}</b></span>}
          {session.client && <span class="hide-sm">Client <b>{visible(session.client)}</b></span>}
          <span class="hide-sm">{day(session.openedAt)} <b>{clock(session.openedAt, false)}</b></span>
          <span>{session.closed ? <b>{duration(session.durationNanos)}</b> : <span class="tag tag--live"><i class="livedot" />live</span>}</span>
          <span class="hide-sm mono">{brief(session.id)}</span>
        </div>
        <span class="grow hide-sm" />
        <button class="btn btn--sm" aria-pressed={side >= 0} onClick={() => toggleMark(session)}>
          {side >= 0 ? "Unmark" : `Mark as ${marks.length === 0 ? "A" : "B"}`} <kbd class="hide-sm">m</kbd></button>
        {marks.length === 2 && <a class="btn btn--sm btn--primary" href={places.diff(marks[0]!.id, marks[1]!.id)}>Compare A and B</a>}
      </div>
      <nav class="tabs" aria-label="Session">
        <a href={`/s/${session.id}`} aria-current={tab === "" ? "page" : undefined}>Messages <span class="n">{count(session.messages)}</span></a>
        <a href={withQuery({ tab: "details" }).replace(/^[^?]*/, `/s/${session.id}`)} aria-current={tab === "details" ? "page" : undefined}>Details</a>
      </nav>
    </div>
  );
}

function Details({ session }: { session: Session }) {
  const { machine, client, server, listen, upstream, origin, masking } = session.ends;
  const lines: [string, string][] = [
    ["Session", session.id], ["Machine", machine.name], ["Name known by", machine.knownBy], ["UUID", machine.uuid],
    ["QEMU", session.qemu], ["QEMU's process", machine.pid === undefined ? "" : String(machine.pid)],
    ["Client", peer(client)], ["Server", peer(server)], ["Listened at", listen], ["Upstream", upstream],
    ["Opened", session.openedAt], ["Ended", session.closed ?? "still open"], ["Lasted", duration(session.durationNanos)],
    ["Messages", count(session.messages)], ["Errors", count(session.errors)], ["Findings", count(session.findings)],
    ["Masked secrets", count(session.masked)], ["Masking", masking], ["Gaps", count(session.gaps)], ["Origin", origin],
  ];
  return (
    <div class="page scroll-y">
      <dl class="kv panel panel--kv">{lines.map(([word, value]) => <><dt>{word}</dt><dd>{value ? visible(value) : <span class="dim">unknown</span>}</dd></>)}</dl>
    </div>
  );
}

function peer({ command, address: at, pid, uid }: Peer): string {
  return [command, at, pid === undefined ? "" : `process ${pid}`, uid === undefined ? "" : `user ${uid}`].filter(Boolean).join(", ");
}
