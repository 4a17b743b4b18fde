import { useMemo, useState } from "preact/hooks";
import { address, useAnswer, usePoll } from "./api";
import { brief, clock, count, day, duration, plural, visible } from "./format";
import { Icon } from "./icons";
import { places } from "./router";
import { useTitle } from "./shell";
import { toggleMark, useAppState } from "./state";
import { CommandLine, Empty, Waiting } from "./states";
import { Tray } from "./tray";
import type { Session, Sessions } from "./types";
import { Wave } from "./wave";

export function SessionsPage() {
  useTitle("Sessions");
  const answer = useAnswer<Sessions>(address("/sessions", { limit: 500 }));
  usePoll(answer.reload, 4000);
  return (
    <main id="main" class="page">
      <Waiting answer={answer} what="sessions">{data => data.total === 0 ? <NoSessions /> : <SessionTable data={data} />}</Waiting>
      <Tray />
    </main>
  );
}

function NoSessions() {
  return (
    <Empty title="No recordings yet">
      <p class="mid">Put the proxy in front of a monitor socket, point the client at it, and its session shows up here while it runs.</p>
      <CommandLine text="qmptape record --listen unix:/tmp/qmp.sock --upstream unix:/run/vm/qmp.sock" />
      <p class="mid">Or see the whole way with a machine of its own:</p>
      <CommandLine text="qmptape demo" />
    </Empty>
  );
}

function SessionTable({ data }: { data: Sessions }) {
  const [filter, setFilter] = useState("");
  const shown = useMemo(() => data.sessions.filter(session => matches(session, filter)), [data, filter]);
  return (
    <>
      <div class="page__head">
        <h1>Sessions</h1>
        <div class="stats">
          <Figure value={data.total} one="session" /><Figure value={data.messages} one="message" />
          <Figure value={data.errors} one="error" /><Figure value={data.findings} one="finding" />
        </div>
        <span class="grow" />
        <label class="field field--filter"><Icon name="search" /><span class="vh">Filter sessions</span>
          <input data-query placeholder="name, client, version or id" value={filter} onInput={e => setFilter(e.currentTarget.value)} />
          <kbd class="hide-sm">/</kbd></label>
      </div>
      <div class="panel">
        <table class="list list--stack">
          <thead><tr>
            <th><span class="vh">Compare</span></th><th>Session</th><th class="hide-md">Id</th><th>Peer</th><th>Client</th>
            <th class="num" aria-sort="descending">Started ↓</th><th class="num">Duration</th><th class="num">Messages</th>
            <th>Activity</th><th class="num">Errors</th><th class="num">Findings</th><th>State</th>
          </tr></thead>
          <tbody>{shown.map(session => <SessionLine key={session.id} session={session} />)}</tbody>
        </table>
        {shown.length === 0 && <p class="panel__note">No session has “{filter}” in its name, client, version or id.</p>}
      </div>
      {data.sessions.length < data.total && <p class="panel__note">The newest {count(data.sessions.length)} of {count(data.total)} sessions.</p>}
    </>
  );
}

function matches(session: Session, filter: string): boolean {
  const text = [session.name, session.id, session.client, session.qemu, session.ends.listen].join("\n").toLowerCase();
  return filter.toLowerCase().split(/\s+/).every(word => text.includes(word));
}

function Figure({ value, one }: { value: number; one: string }) {
  return <span><b>{count(value)}</b> {value === 1 ? one : one + "s"}</span>;
}

function SessionLine({ session }: { session: Session }) {
  const { marks } = useAppState();
  const side = marks.findIndex(mark => mark.id === session.id);
  const name = visible(session.name) || "unnamed";
  return (
    <tr aria-selected={side >= 0 ? "true" : undefined}>
      <td class="show"><input class="check" type="checkbox" aria-label={`Compare ${name} ${brief(session.id)}`} checked={side >= 0} onChange={() => toggleMark(session)} /></td>
      <td class="show cut t-cell"><a href={places.session(session.id)} class="t-name">{name}</a>
        {side >= 0 && <span class={`tag tag--${"ab"[side]}`}>{"AB"[side]}</span>}</td>
      <td class="mono dim hide-md">{brief(session.id)}</td>
      <td class="cut">{session.qemu ? `QEMU ${visible(session.qemu)}` : <span class="dim">unknown</span>}</td>
      <td class="cut">{visible(session.client) || <span class="dim">unknown</span>}</td>
      <td class="num dim" title={session.openedAt}>{day(session.openedAt)}, {clock(session.openedAt, false)}</td>
      <td class="num">{session.closed ? duration(session.durationNanos) : <span class="dim">running</span>}</td>
      <td class="num">{count(session.messages)}</td>
      <td><Wave activity={session.activity} /></td>
      <td class="num"><Mark value={session.errors} look="error" /></td>
      <td class="num"><Mark value={session.findings} look="finding" /></td>
      <td class="show">{session.closed ? <span class="dim" title={session.closed}>sealed</span> : <span class="tag tag--live"><i class="livedot" />live</span>}</td>
      <td class="show full nf">{summary(session)}</td>
    </tr>
  );
}

function Mark({ value, look }: { value: number; look: "error" | "finding" }) {
  return value === 0 ? <span class="dim">0</span> : <span class={`k k--${look}`}><Icon name={look} />{count(value)}</span>;
}

function summary(session: Session): string {
  const parts = [`${day(session.openedAt)} ${clock(session.openedAt, false)}`, visible(session.client), plural(session.messages, "message"), session.closed ? duration(session.durationNanos) : "now"];
  if (session.errors) parts.push(plural(session.errors, "error"));
  if (session.findings) parts.push(plural(session.findings, "finding"));
  return parts.filter(Boolean).join(" · ");
}
