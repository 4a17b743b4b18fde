import { useState } from "preact/hooks";
import { address, API, useAnswer } from "./api";
import { EntryInDrawer } from "./entry";
import { bytes, clock, count, duration, plural, visible } from "./format";
import { Icon, KindMark } from "./icons";
import { places } from "./router";
import { Waiting } from "./states";
import { Tree } from "./tree";
import type { CatalogEntry, Message, Row } from "./types";

const TABS = ["Tree", "Raw", "Catalog", "Pair", "Findings"] as const;
type Tab = typeof TABS[number];

interface Props {
  session: string; seq: number; isPage?: boolean;
  onClose?(): void; onPair(): void; onStep?(step: 1 | -1): void; onFilter?(text: string): void;
}

export function messageUrl(session: string, seq: number): string {
  return `/sessions/${encodeURIComponent(session)}/messages/${seq}`;
}

export function Drawer({ session, seq, isPage, onClose, onPair, onStep, onFilter }: Props) {
  const answer = useAnswer<Message>(address(messageUrl(session, seq)));
  return (
    <section class={isPage ? "drawer drawer--page" : "drawer"} aria-label={`Message ${seq}`}>
      <Waiting answer={answer.problem ? { ...answer, data: undefined } : answer} what={`message ${seq}`}>{message =>
        <>
          <Head message={message} onClose={onClose} onPair={onPair} onStep={onStep} />
          <Body message={message} onFilter={onFilter} />
        </>}</Waiting>
    </section>
  );
}

function Head({ message, onClose, onPair, onStep }: Pick<Props, "onClose" | "onPair" | "onStep"> & { message: Message }) {
  const { row, pair } = message;
  return (
    <header class="drawer__head">
      <div class="drawer__title">
        <KindMark kind={row.kind} />
        <h2 class="cut"><bdi>{visible(row.name) || "unnamed"}</bdi></h2>
        <span class="grow" />
        {onStep && <>
          <button class="btn btn--quiet btn--icon" aria-label="Previous of this name" onClick={() => onStep(-1)}><kbd>[</kbd></button>
          <button class="btn btn--quiet btn--icon" aria-label="Next of this name" onClick={() => onStep(1)}><kbd>]</kbd></button></>}
        {onClose && <button class="btn btn--quiet btn--icon" aria-label="Close the message" title="Close (Esc)" onClick={onClose}><Icon name="close" /></button>}
      </div>
      <div class="exch">
        {[row, pair].filter(one => one !== undefined).sort((a, b) => a.seq - b.seq).map(one =>
          <ExchangeLine key={one.seq} row={one} isHere={one === row} onPair={onPair} />)}
      </div>
    </header>
  );
}

function ExchangeLine({ row, isHere, onPair }: { row: Row; isHere: boolean; onPair(): void }) {
  const follow = (event: Event) => { event.preventDefault(); if (!isHere) onPair(); };
  return (
    <a href={places.message(row.session, row.seq)} aria-current={isHere ? "true" : undefined} onClick={follow}>
      <span class="num mono">{row.seq}</span><KindMark kind={row.kind} /><span class="mono">{clock(row.at)}</span>
      <span>{row.latencyNanos !== undefined && `${duration(row.latencyNanos)} · `}{bytes(row.bytes)}</span>
    </a>
  );
}

function Body({ message, onFilter }: { message: Message; onFilter?: (text: string) => void }) {
  const [tab, setTab] = useState<Tab>("Tree");
  const { row } = message;
  const extra: Partial<Record<Tab, number>> = { Findings: message.findings.length };
  const arrow = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]!;
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label="Views of the message" onKeyDown={arrow}>
        {TABS.map(one => <button key={one} id={`tab-${one}`} role="tab" aria-selected={tab === one} aria-controls="pane" tabIndex={tab === one ? 0 : -1}
          onClick={() => setTab(one)}>{one}{extra[one] !== undefined && <> <span class="n">{extra[one]}</span></>}</button>)}
      </div>
      <div class="pane" id="pane" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === "Tree" && <TreePane message={message} entry={message.entry} onFilter={onFilter} />}
        {tab === "Raw" && <RawPane message={message} />}
        {tab === "Catalog" && <EntryInDrawer name={row.name} entry={message.entry} />}
        {tab === "Pair" && <PairPane row={row} />}
        {tab === "Findings" && <FindingsPane message={message} />}
      </div>
      <footer class="drawer__foot">
        <button class="btn btn--sm" disabled={message.text === undefined} onClick={() => navigator.clipboard?.writeText(message.text ?? "")}><Icon name="copy" size={12} />Copy text</button>
        <a class="btn btn--sm" href={`${API}${messageUrl(row.session, row.seq)}/bytes`} download><Icon name="export" size={12} />Bytes</a>
        <span class="grow" />
        <a class="btn btn--quiet btn--sm" href={places.message(row.session, row.seq)}><Icon name="link" size={12} />Link <kbd class="hide-sm">y</kbd></a>
      </footer>
    </>
  );
}

function TreePane({ message, entry, onFilter }: { message: Message; entry?: CatalogEntry; onFilter?: (text: string) => void }) {
  const { tree, row, masked } = message;
  return (
    <>
      {masked.length > 0 && <p class="note"><Icon name="lock" size={12} /> {plural(masked.length, "value")} masked before it reached the tape: a stand-in is shown.</p>}
      {tree ? <Tree key={`${row.session}/${row.seq}`} tree={tree} url={messageUrl(row.session, row.seq)} kind={row.kind} entry={entry} onFilter={onFilter} />
        : <><p class="note">{message.frame === "unfinished" ? "The end of the stream cut this off." : "This is no JSON value."}{message.fault && ` ${visible(message.fault)}.`}</p><RawPane message={message} /></>}
    </>
  );
}

function RawPane({ message }: { message: Message }) {
  const { text, base64, cutAt, row, reads, descriptors } = message;
  return (
    <>
      <p class="note">{bytes(row.bytes)} in {plural(reads, "read")}{descriptors.length > 0 && `, with ${descriptors.join(", ")}`}
        {base64 !== undefined && ", shown as base64: they are no UTF-8"}{cutAt !== undefined && `; the first ${count(cutAt)} here, all of them under Bytes`}.</p>
      <pre class="rawp">{text !== undefined ? text.replace(/[\u202a-\u202e\u2066-\u2069]/g, visible) : base64}</pre>
    </>
  );
}

function PairPane({ row }: { row: Row }) {
  const answer = useAnswer<Message>(row.pair === undefined ? null : address(messageUrl(row.session, row.pair)));
  if (row.pair === undefined) {
    return <p class="note">{row.kind === "command" ? "No reply is on the tape." : row.kind === "event" || row.kind === "greeting" ? "It came unasked: nothing answers it." : "What it answers is not on the tape."}</p>;
  }
  return <Waiting answer={answer} what="the other half">{other => <>
    <p class="note"><KindMark kind={other.row.kind} /> <span class="mono">#{other.row.seq}</span></p>
    <TreePane message={other} /></>}</Waiting>;
}

function FindingsPane({ message }: { message: Message }) {
  const judged = message.catalog ? `Judged by ${visible(message.catalog)} when it was recorded.` : "No catalog judged it when it was recorded.";
  return (
    <>
      <p class="note">{message.findings.length === 0 ? "Nothing to say about this message. " : ""}{judged}</p>
      <ul class="findings">{message.findings.map(finding =>
        <li><span class={`tag tag--${finding.severity === "error" ? "err" : finding.severity === "warning" ? "dep" : "plain"}`}>{finding.severity}</span>
          <code>{visible(finding.rule)}</code><p>{visible(finding.text)}</p><code class="dim">{visible(finding.path)}</code></li>)}</ul>
      {message.masked.length > 0 && <><h3 class="note">Masked</h3><ul class="findings">{message.masked.map(one =>
        <li><span class="tag"><Icon name="lock" size={12} />{one.type}</span><code>{visible(one.path)}</code></li>)}</ul></>}
    </>
  );
}
