// All messages of a session over its time; a click leads to that time.
import { clock } from "./format";
import type { Session } from "./types";

interface Props {
  session: Session;
  /** Counted in messages. */
  view: { first: number; seen: number; isAll: boolean; show(message: number): void };
}

const WIDTH = 1200;
const HEIGHT = 48;

export function Activity({ session, view }: Props) {
  const { activity } = session;
  const all = activity.reduce((sum, n) => sum + n, 0);
  if (all < 2) return null;
  const most = Math.max(...activity);
  const step = WIDTH / activity.length;
  const starts = activity.reduce<number[]>((sums, n) => [...sums, sums[sums.length - 1]! + n], [0]);
  const at = (row: number) => Math.max(0, starts.findIndex(start => start > row) - 1);
  const pick = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const bucket = Math.floor((event.clientX - box.left) / box.width * activity.length);
    view.show(starts[Math.max(0, Math.min(activity.length - 1, bucket))]!);
  };
  const from = at(view.first);
  const to = Math.max(from, at(Math.min(all - 1, view.first + view.seen - 1)));
  return (
    <div class="histo">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label="Messages over time" onClick={view.isAll ? pick : undefined}>
        {activity.map((n, i) => {
          if (n === 0) return null;
          const height = Math.max(2, HEIGHT * Math.sqrt(n / most));
          const isSeen = view.isAll && i >= from && i <= to;
          return <rect class={isSeen ? "hit" : "all"} x={i * step} width={step - 1} y={HEIGHT - height} height={height} />;
        })}
        {view.isAll && <rect class="brush" x={from * step} width={(to - from + 1) * step} y="0" height={HEIGHT} />}
      </svg>
      <div class="axis" aria-hidden="true">{[0, 0.25, 0.5, 0.75, 1].map(share => <span>{clock(moment(session, share), session.durationNanos < 3600e9)}</span>)}</div>
    </div>
  );
}

function moment(session: Session, share: number): string {
  return new Date(Date.parse(session.openedAt) + share * session.durationNanos / 1e6).toISOString();
}
