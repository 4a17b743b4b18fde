// One entry of the catalog: as a page, and in short beside a message.
import type { CatalogEntry } from "./types";
import { Icon } from "./icons";
import { visible } from "./format";
import { places } from "./router";

export function EntryInDrawer({ name, entry }: { name: string; entry?: CatalogEntry }) {
  if (!entry) {
    return <p class="note">{name ? `The catalog has no ${visible(name)}.` : "What has no name is in no catalog."}</p>;
  }
  return (
    <div class="entry-brief">
      <p class="prose"><a class="link mono" href={places.entry(entry.kind, entry.name)}>{entry.name}</a></p>
      <p class="prose">{entry.summary}</p>
      <p class="note"><Facts entry={entry} /></p>
      <Arguments entry={entry} />
    </div>
  );
}

export function Facts({ entry }: { entry: CatalogEntry }) {
  const changes = { "read-only": "changes nothing", session: "changes this connection only", mutating: "changes the machine" }[entry.effect] ?? entry.effect;
  return <>{[changes, entry.era].filter(Boolean).join(" · ")}</>;
}

export function KindTag({ kind }: { kind: CatalogEntry["kind"] }) {
  return kind === "command" ? <span class="tag tag--cmd"><Icon name="cmd" size={12} />command</span>
    : <span class="tag tag--event"><Icon name="event" size={12} />event</span>;
}

export function Arguments({ entry }: { entry: CatalogEntry }) {
  if (entry.arguments.length === 0) return <p class="mid">{entry.kind === "command" ? "It takes none." : "It carries none."}</p>;
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Arguments">
      <table class="doc">
        <thead><tr><th>Name</th><th>Type</th><th><span class="vh">Need</span></th><th>Meaning</th></tr></thead>
        <tbody>{entry.arguments.map(one => <tr>
          <td class="nowrap"><code><b>{one.name}</b></code></td>
          <td class="nowrap"><code class="mid">{one.type}</code>{one.code && <span class="dim"> {one.code}</span>}</td>
          <td class="nowrap">{one.optional ? <span class="dim">optional</span> : "required"}</td>
          <td><p>{one.summary}</p></td></tr>)}</tbody>
      </table>
    </div>
  );
}

export function Returns({ entry }: { entry: CatalogEntry }) {
  if (entry.returns.length === 0) return <p class="mid">No documented member.</p>;
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label="Returns">
      <table class="doc">
        <thead><tr><th>Member</th><th>Type</th><th><span class="vh">Presence</span></th><th>Values</th></tr></thead>
        <tbody>{entry.returns.map(one => <tr>
          <td class="nowrap"><code><b>{one.path}</b></code></td><td class="nowrap"><code class="mid">{one.type}</code></td>
          <td class="nowrap">{one.optional ? <span class="dim">optional</span> : "always"}</td>
          <td><code class="mid">{one.values?.join(", ")}</code></td></tr>)}</tbody>
      </table>
    </div>
  );
}
