// The row of a run of polls, which opens into them.
import { clock, count, duration } from "./format";
import { commands, contents, spoken } from "./folds";
import { Icon } from "./icons";
import { Latency, Notes, rowId, sincePrevious } from "./row";
import type { Fold, Row } from "./types";

interface Props { row: Row; fold: Fold; index: number; before?: Row; isSelected: boolean; onOpen(index: number): void }

export function FoldLine({ row, fold, index, before, isSelected, onOpen }: Props) {
  const { latency } = fold.polls[0]!;
  const times = `answered in ${duration(latency.leastNanos)} to ${duration(latency.mostNanos)}`;
  return (
    <tr id={rowId(index)} role="row" class="t-fold" aria-rowindex={index + 2} aria-level={1} aria-selected={isSelected}
      aria-expanded={fold.isOpen} aria-label={spoken(fold)} onClick={() => onOpen(index)}>
      <td class="num seq">{row.seq}</td>
      <td class="time">{clock(row.at)}</td>
      <td class="num delta">{sincePrevious(row, before)}</td>
      <td class="rail"><Icon name={fold.isOpen ? "down" : "right"} size={12} /></td>
      <td><span class="k k--note">×{count(fold.count)} polls</span></td>
      <td class="name"><bdi>{commands(fold)}</bdi></td>
      <td class="arg" title={`#${fold.first} to #${fold.last}, ${duration(fold.lastedNanos)}`}><bdi>{contents(fold)}</bdi></td>
      <td class="num" title={times}><Latency nanos={latency.medianNanos} /></td>
      <td class="notes"><Notes row={row} /></td>
    </tr>
  );
}
