import { useTitle } from "./shell";
import { setKeys, useAppState } from "./state";

const KEYS: [string[], string][] = [
  [["/"], "to the query"], [["j", "k"], "next, previous message (or the arrows)"], [["g", "G"], "first, last message"],
  [["Enter"], "open the message"], [["Esc"], "close it"], [["[", "]"], "previous, next of the same name and kind"],
  [["r"], "from a command to its reply and back"], [["e"], "next event"], [["x"], "next error"], [["y"], "copy the address of the message"],
  [["→", "←"], "open, close a run of polls"], [["u"], "all messages, or polls folded"], [["m"], "mark the session for a comparison"], [["n", "p"], "next, previous difference"], [["t"], "theme: auto, light, dark"], [["?"], "this page"],
];

const QUERIES: [string, string][] = [
  ["command:block*", "commands by name, and their replies; * and ? stand for letters"],
  ["event:JOB_STATUS_CHANGE", "events by name"],
  ["kind:failure", "greeting, command, success, failure, event, unrecognized, noise"],
  ["error.class:GenericError", "errors by class"],
  ["arg.device:drive0", "commands by the value of an argument, at any depth: arg.file.filename:…"],
  ["latency:>50ms", "replies that took longer; also <, >=, <= with us, ms, s, m"],
  ["session:3705c0ee", "one session"],
  ["\"no such device\"", "words and phrases anywhere in a message"],
  ["kind:event -event:JOB*", "all parts must fit; - takes away, OR and parentheses choose"],
];

export function HelpPage() {
  useTitle("Help");
  const { hasKeys } = useAppState();
  return (
    <main id="main" class="page help">
      <div class="page__head"><h1>Keys and query language</h1></div>
      <div class="help__columns">
        <section class="panel panel--kv"><h2>Keys</h2>
          <dl class="kv">{KEYS.map(([keys, meaning]) => <><dt>{keys.map(key => <kbd>{key}</kbd>)}</dt><dd>{meaning}</dd></>)}</dl>
          <label class="option"><input class="check" type="checkbox" checked={hasKeys} onChange={e => setKeys(e.currentTarget.checked)} /> Single letters are keys</label>
        </section>
        <section class="panel panel--kv"><h2>Queries</h2>
          <dl class="kv">{QUERIES.map(([query, meaning]) => <><dt><a class="link mono" href={"/search?q=" + encodeURIComponent(query)}>{query}</a></dt><dd>{meaning}</dd></>)}</dl>
        </section>
      </div>
    </main>
  );
}
