import { useMemo, useState } from "preact/hooks";
import { address, useAnswer } from "./api";
import { Arguments, Facts, KindTag, Returns } from "./entry";
import { brief, clock, count, duration, plural, visible } from "./format";
import { Icon, KindMark } from "./icons";
import { term } from "./query";
import { places } from "./router";
import { useTitle } from "./shell";
import { Empty, Waiting } from "./states";
import type { CatalogEntry, CatalogLine, Page } from "./types";

export function CatalogPage({ kind, name }: { kind?: string; name?: string }) {
  useTitle(name ? `${name} · Catalog` : "Catalog");
  const answer = useAnswer<{ entries: CatalogLine[] }>(address("/catalog"));
  return (
    <main id="main" class="split">
      {answer.data ? <Index lines={answer.data.entries} kind={kind} name={name} /> : <nav class="index" aria-label="Catalog" />}
      <Waiting answer={answer} what="the catalog">{({ entries }) => name && kind
        ? <Entry key={kind + name} kind={kind} name={name} lines={entries} /> : <Overview lines={entries} />}</Waiting>
    </main>
  );
}

function Index({ lines, kind, name }: { lines: CatalogLine[]; kind?: string; name?: string }) {
  const [filter, setFilter] = useState("");
  const shown = lines.filter(line => line.name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <nav class={name ? "index index--entry" : "index"} aria-label="Catalog" tabIndex={0}>
      <label class="field"><Icon name="search" /><span class="vh">Find in catalog</span>
        <input data-query placeholder="Find in catalog" value={filter} onInput={e => setFilter(e.currentTarget.value)} /></label>
      {(["command", "event"] as const).map(one => {
        const group = shown.filter(line => line.kind === one);
        return group.length > 0 && <section><h2 class="index__head">{one === "command" ? "Commands" : "Events"} <span class="dim">{group.length}</span></h2>
          {group.map(line => <a href={places.entry(one, line.name)} class={line.seen === 0 ? "off" : ""} aria-current={line.name === name && one === kind ? "page" : undefined}>
            <span class="cut">{line.name}</span><span class="n">{line.seen > 0 && count(line.seen)}</span></a>)}</section>;
      })}
      {shown.length === 0 && <p class="note dim">Nothing in the catalog has “{filter}” in its name.</p>}
    </nav>
  );
}

function Overview({ lines }: { lines: CatalogLine[] }) {
  const eras = [...new Set(lines.map(line => line.era))].join(", ");
  const seen = lines.filter(line => line.seen > 0);
  const most = [...seen].sort((a, b) => b.seen - a.seen).slice(0, 12);
  if (lines.length === 0) return <Empty title="No catalog"><p class="mid">This build brings none.</p></Empty>;
  const commands = lines.filter(line => line.kind === "command").length;
  return (
    <div class="entry" tabIndex={0} role="region" aria-label="Overview"><article>
      <h1 class="sans">Catalog {eras}</h1>
      <p class="prose">{plural(commands, "command")} and {plural(lines.length - commands, "event")}; {count(seen.length)} of them stand on this tape.</p>
      {most.length > 0 && <><h2>Most frequent here</h2><table class="doc"><tbody>{most.map(line => <tr>
        <td class="nowrap"><a class="link mono" href={places.entry(line.kind, line.name)}>{line.name}</a></td>
        <td><p>{line.summary}</p></td><td class="num nowrap">{count(line.seen)}</td></tr>)}</tbody></table></>}
    </article></div>
  );
}

function Entry({ kind, name, lines }: { kind: string; name: string; lines: CatalogLine[] }) {
  const answer = useAnswer<{ entry: CatalogEntry; seen: number }>(address(`/catalog/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`));
  const known = useMemo(() => new Map(lines.map(line => [line.name, line])), [lines]);
  return (
    <Waiting answer={answer} what={name}>{({ entry, seen }) =>
      <div class="entry" tabIndex={0} role="region" aria-label={entry.name}>
        <article>
          <div class="rowx rowx--tags"><KindTag kind={entry.kind} /><span class="dim"><Facts entry={entry} /></span></div>
          <h1>{entry.name}</h1>
          <p class="prose">{entry.summary}</p>
          <h2>{entry.kind === "command" ? "Arguments" : "Data"}</h2><Arguments entry={entry} />
          {entry.kind === "command" && <><h2>Returns</h2><Returns entry={entry} /></>}
          <OnTape entry={entry} />
          {entry.related.length > 0 && <><h2>Related</h2><ul class="related">{entry.related.map(other => {
            const line = known.get(other);
            return <li>{line ? <a class="link mono" href={places.entry(line.kind, other)}>{other}</a> : <code>{other}</code>} <span class="mid">{line?.summary}</span></li>;
          })}</ul></>}
        </article>
        <Use entry={entry} seen={seen} />
      </div>}</Waiting>
  );
}

function queryFor(entry: CatalogEntry): string {
  return `kind:${entry.kind} ${term(entry.kind, entry.name)}`;
}

function OnTape({ entry }: { entry: CatalogEntry }) {
  const answer = useAnswer<Page>(address("/search", { q: queryFor(entry), limit: 5 }));
  if (!answer.data || answer.data.total === 0) return null;
  return (
    <><h2>On this tape</h2><ul class="related">{answer.data.rows.map(row =>
      <li><a class="link" href={places.session(row.session, row.seq)}>{brief(row.session)} #{row.seq}</a> <span class="dim mono">{clock(row.at)}</span> <code class="cut"><bdi>{visible(row.contents)}</bdi></code></li>)}</ul></>
  );
}

function Use({ entry, seen }: { entry: CatalogEntry; seen: number }) {
  const failed = useAnswer<Page>(entry.kind === "command" && seen > 0 ? address("/search", { q: `kind:failure ${term("command", entry.name)}`, limit: 5 }) : null);
  const replied = useAnswer<Page>(entry.kind === "command" && seen > 0 ? address("/search", { q: `kind:success ${term("command", entry.name)}`, limit: 200 }) : null);
  const latencies = (replied.data?.rows ?? []).map(row => row.latencyNanos).filter(nanos => nanos !== undefined).sort((a, b) => a - b);
  return (
    <aside class="aside" aria-label="Use">
      <section><h2>Use</h2>
        <div class="figs"><div><div class="fig">{count(seen)}</div><div class="dim">{entry.kind === "command" ? "sent" : "seen"}</div></div>
          {failed.data && <div><div class="fig">{count(failed.data.total)}</div><div class="dim">{failed.data.total === 1 ? "error" : "errors"}</div></div>}</div>
        {seen > 0 ? <p><a class="link" href={places.search(queryFor(entry))}>Show all {count(seen)}</a></p> : <p class="dim">Never {entry.kind === "command" ? "sent" : "seen"} on this tape.</p>}
      </section>
      {latencies.length > 0 && <section><h2>Latency</h2><p class="mid">p50 {duration(latencies[latencies.length >> 1]!)} · slowest {duration(latencies[latencies.length - 1]!)}</p>
        <p class="dim">of the last {plural(latencies.length, "reply", "replies")}</p></section>}
      {(failed.data?.total ?? 0) > 0 && <section><h2>Failed</h2><ul class="related">{failed.data!.rows.map(row =>
        <li><a class="link" href={places.session(row.session, row.seq)}>#{row.seq}</a> <KindMark kind={row.kind} /> <span class="mid wrap">{visible(row.contents)}</span></li>)}</ul></section>}
    </aside>
  );
}
