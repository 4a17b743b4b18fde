import { useLayoutEffect, useRef } from "preact/hooks";
import { address, useAnswer } from "./api";
import { count, visible } from "./format";
import { Icon, KindMark } from "./icons";
import { has, term, toggle } from "./query";
import type { Facet, Kind } from "./types";

interface Props {
  q: string;
  /** The last query that was answered: facets come after the list, and not at all for one that cannot be read. */
  answered: string | null;
  session?: string; names?: Map<string, string>; onSearch(text: string): void;
}

export function Facets({ q, answered, session, names, onSearch }: Props) {
  return (
    <aside class="facets" aria-label="Facets">
      <FacetBox title="Kind" field="kind" q={q} answered={answered} session={session} onSearch={onSearch} />
      <FacetBox title="Command" field="command" q={q} answered={answered} session={session} onSearch={onSearch} />
      <FacetBox title="Event" field="event" q={q} answered={answered} session={session} onSearch={onSearch} />
      <FacetBox title="Error class" field="error.class" q={q} answered={answered} session={session} onSearch={onSearch} />
      {!session && <FacetBox title="Session" field="session" q={q} answered={answered} names={names} onSearch={onSearch} />}
    </aside>
  );
}

type BoxProps = Props & { title: string; field: string };

function FacetBox({ title, field, q, answered, session, names, onSearch }: BoxProps) {
  const answer = useAnswer<Facet>(answered === null ? null : address("/facets", { field, q: answered, session, limit: 12 }));
  const values = answer.data?.values ?? [];
  if (values.length === 0) return null;
  const most = Math.max(...values.map(value => value.count));
  return (
    <section class="facet">
      <h3>{title}</h3>
      <ul>{values.map(({ value, count: n }) =>
        <FacetValue key={value} field={field} value={value} n={n} share={n / most} q={q} names={names} onSearch={onSearch} />)}</ul>
    </section>
  );
}

interface ValueProps { field: string; value: string; n: number; share: number; q: string; names?: Map<string, string>; onSearch(text: string): void }

function FacetValue({ field, value, n, share, q, names, onSearch }: ValueProps) {
  const line = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => line.current?.style.setProperty("--w", String(share)), [share]);
  const part = term(field, value);
  const isOn = has(q, part);
  const isOut = has(q, "-" + part);
  const word = names?.get(value) ?? visible(value);
  return (
    <li ref={line} class={`fv${isOn ? " on" : ""}${isOut ? " out" : ""}`}>
      <button class="pick" aria-pressed={isOn} onClick={() => onSearch(toggle(q, part))} title={`Only ${word}`}>
        {field === "kind" ? <KindMark kind={value as Kind} /> : <bdi class={`name cut${names ? "" : " mono"}`}>{word}</bdi>}
      </button>
      <span class="n">{count(n)}</span>
      <button class="act" aria-label={`Without ${word}`} title={`Without ${word}`} onClick={() => onSearch(toggle(q, "-" + part))}><Icon name="minus" size={12} /></button>
    </li>
  );
}
