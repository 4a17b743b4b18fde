import { brief, visible } from "./format";
import { Icon } from "./icons";
import { useKeys } from "./keys";
import { go, places } from "./router";
import { clearMarks, swapMarks, useAppState } from "./state";

/** The sessions chosen for a comparison. */
export function Tray() {
  const { marks } = useAppState();
  const [a, b] = marks;
  const compare = () => { if (a && b) go(places.diff(a.id, b.id)); };
  useKeys(marks.length > 0 ? { Escape: clearMarks } : {});
  if (!a) return null;
  return (
    <div class="tray" role="region" aria-label="Compare">
      <span class="pick"><span class="tag tag--a">A</span><span class="cut">{visible(a.name)}</span><span class="mono dim">{brief(a.id)}</span></span>
      {b ? <>
        <button class="btn btn--quiet btn--icon" aria-label="Swap A and B" onClick={swapMarks}><Icon name="swap" /></button>
        <span class="pick"><span class="tag tag--b">B</span><span class="cut">{visible(b.name)}</span><span class="mono dim">{brief(b.id)}</span></span>
      </> : <span class="pick dim"><span class="tag tag--b">B</span>choose a second session</span>}
      <button class="btn btn--primary" disabled={!b} onClick={compare}>Compare 2 sessions</button>
      <button class="btn btn--quiet btn--icon" aria-label="Choose none" onClick={clearMarks}><Icon name="close" /></button>
    </div>
  );
}
