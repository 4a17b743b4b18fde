// A JSON value as a tree. What the server left out is counted, and fetched when it is asked for.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { address, get } from "./api";
import { count, quoted, visible } from "./format";
import { Icon } from "./icons";
import { term } from "./query";
import type { CatalogEntry, Kind, TreeNode } from "./types";

interface Source { url: string; kind: Kind; entry?: CatalogEntry; onFilter?: (text: string) => void }

const OPEN_DEPTH = 4;

export function Tree({ tree, ...source }: Source & { tree: TreeNode }) {
  return <ul class="tree">{tree.children
    ? <Children node={tree} at={[]} keys={[]} depth={0} source={source} />
    : <Item node={tree} at={[]} keys={[]} depth={0} source={source} />}</ul>;
}

interface Props { node: TreeNode; at: number[]; keys: string[]; depth: number; source: Source }

function Children({ node, at, keys, depth, source }: Props) {
  const [more, setMore] = useState<TreeNode[]>([]);
  const [isLoading, setLoading] = useState(false);
  const [failed, setFailed] = useState("");
  const children = [...(node.children ?? []), ...more];
  const rest = (node.size ?? 0) - children.length;
  const load = async () => {
    setLoading(true);
    try {
      const part = await get<TreeNode>(address(source.url + "/tree", { at: at.join("."), offset: children.length }));
      setMore([...more, ...(part.children ?? [])]);
      setFailed("");
    } catch (fault) {
      setFailed((fault as Error).message);
    }
    setLoading(false);
  };
  return (
    <>
      {children.map((child, i) => <Item key={i} node={child} at={[...at, i]} keys={[...keys, child.key ?? `[${i}]`]} depth={depth} source={source} />)}
      {rest > 0 && <li><Line depth={depth}><span class="tw" />
        <button class="linkish" disabled={isLoading} onClick={load}>{failed || (isLoading ? "Loading …" : children.length === 0 ? `Show ${count(rest)}` : `${count(rest)} more`)}</button></Line></li>}
    </>
  );
}

function Item({ node, at, keys, depth, source }: Props) {
  const isContainer = node.type === "object" || node.type === "array";
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH && (node.size ?? 0) <= 50);
  const [open, close] = node.type === "array" ? "[]" : "{}";
  const name = node.key === undefined ? at[at.length - 1] : visible(node.key);
  const head = <>{name !== undefined && <bdi class="key">{name}</bdi>}</>;
  if (!isContainer) return <li><Line depth={depth}><span class="tw" />{head}<Value node={node} /><Hint node={node} keys={keys} source={source} /></Line></li>;
  return (
    <li>
      <Line depth={depth}>
        {node.size === 0 ? <span class="tw" />
          : <button class="tw" aria-expanded={isOpen} aria-label={`${name ?? "value"}, ${node.type} of ${node.size}`} onClick={() => setOpen(!isOpen)}><Icon name={isOpen ? "down" : "right"} size={12} /></button>}
        {head}<span class="len">{open}{count(node.size ?? 0)}{close}</span><Hint node={node} keys={keys} source={source} />
      </Line>
      {isOpen && <ul><Children node={node} at={at} keys={keys} depth={depth + 1} source={source} /></ul>}
    </li>
  );
}

function Line({ depth, children }: { depth: number; children: ComponentChildren }) {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => line.current?.style.setProperty("--d", String(Math.min(depth, 16))), [depth]);
  return <div ref={line}>{children}</div>;
}

function Value({ node }: { node: TreeNode }) {
  const [isWhole, setWhole] = useState(false);
  const text = node.text ?? "";
  const look = node.type === "string" ? "str" : node.type === "null" ? "nul" : "lit";
  const isLong = text.length > 400 && !isWhole;
  const shown = node.type === "string" ? quoted(isLong ? text.slice(0, 400) : text) : text;
  return (
    <>
      <bdi class={`val ${look}`}>{shown}{isLong && <> <button class="linkish" onClick={() => setWhole(true)}>… {count(node.size ?? text.length)} characters</button></>}
        {!isLong && node.size !== undefined && <span class="len"> … {count(node.size)} characters, all of them under Bytes</span>}</bdi>
      {node.masked && <span class="tag tag--mask"><Icon name="lock" size={12} />masked {node.masked}</span>}
    </>
  );
}

/** What the catalog says about a member, and the query that a click on it makes. */
function Hint({ node, keys, source }: { node: TreeNode; keys: string[]; source: Source }) {
  const argument = source.kind === "command" && keys[0] === "arguments" && keys.length === 2 ? source.entry?.arguments.find(one => one.name === keys[1])
    : source.kind === "event" && keys[0] === "data" && keys.length === 2 ? source.entry?.arguments.find(one => one.name === keys[1]) : undefined;
  const canFilter = source.onFilter && source.kind === "command" && keys[0] === "arguments" && keys.length > 1
    && node.text !== undefined && node.size === undefined && node.text.length <= 100 && keys.every(key => /^[\w-]+$/.test(key));
  return (
    <>
      {argument && <span class="hint">{visible(argument.type)}{argument.optional ? " ?" : ""}</span>}
      {canFilter && <span class="tools"><button aria-label={`Only ${keys.join(".")} ${visible(node.text!)}`} title="Filter for this value"
        onClick={() => source.onFilter!(term("arg." + keys.slice(1).join("."), node.text!))}><Icon name="plus" size={12} /></button></span>}
    </>
  );
}
