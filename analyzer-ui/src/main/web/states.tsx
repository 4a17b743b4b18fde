// Never a blank pane: what is known, why, and what to do next.
import type { ComponentChildren } from "preact";
import type { Answered, Problem } from "./api";
import { Icon } from "./icons";

export function Loading({ what }: { what: string }) {
  return <div class="empty empty--small" role="status"><p class="dim">Loading {what} …</p></div>;
}

export function Failed({ problem, retry }: { problem: Problem; retry?: () => void }) {
  return (
    <div class="empty" role="alert">
      <h2>{problem.title}</h2>
      <p class="mid">{problem.detail}</p>
      {retry && <button class="btn" onClick={retry}>Try again</button>}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return <div class="empty"><h2>{title}</h2>{children}</div>;
}

export function CommandLine({ text }: { text: string }) {
  return (
    <div class="cmdline">
      <span class="dim" aria-hidden="true">$</span>
      <code>{text}</code>
      <button class="btn btn--quiet btn--sm" onClick={() => navigator.clipboard?.writeText(text)}><Icon name="copy" size={12} />Copy</button>
    </div>
  );
}

export function Banner({ problem, retry }: { problem: Problem; retry?: () => void }) {
  return (
    <div class="banner banner--err" role="alert">
      <Icon name="error" />
      <span class="grow"><b>{problem.title}.</b> {problem.detail}</span>
      {retry && <button class="btn btn--sm" onClick={retry}>Try again</button>}
    </div>
  );
}

/** The three states of something that is asked for, around what shows it. */
export function Waiting<T>({ answer, what, children }: { answer: Answered<T>; what: string; children: (data: T) => ComponentChildren }) {
  if (answer.data !== undefined) return <>{children(answer.data)}</>;
  return answer.problem ? <Failed problem={answer.problem} retry={answer.reload} /> : <Loading what={what} />;
}
