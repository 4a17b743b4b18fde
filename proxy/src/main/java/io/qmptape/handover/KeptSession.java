package io.qmptape.handover;

import io.qmptape.handover.Handover.Unfinished;
import io.qmptape.protocol.Direction;
import io.qmptape.traffic.Traffic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the next recorder would need of one session, if the present one died now. One thread. */
final class KeptSession {
    /** What kills one recorder after the other must be in what is kept of some session. */
    private static final int DEATHS_IN_VAIN = 4;

    private final Traffic.Opened opened;
    private final Prologue prologue = new Prologue();
    private final Deque<KeptItem> items = new ArrayDeque<>();
    private final Map<Direction, Long> end = new EnumMap<>(Direction.class);
    private Receipt last;
    private Standing safeAtDeath = new Standing(-1, 0, 0);
    private int deaths;
    private long sent;
    private long cost;

    KeptSession(Traffic.Opened opened) {
        this.opened = opened;
        this.last = Receipt.none(opened.session());
    }

    /** @param traffic what came behind the opening */
    void add(Traffic traffic) {
        KeptItem item = new KeptItem(traffic, ++sent, advance(traffic));
        prologue.add(item);
        keep(item);
    }

    /** What lies in front of the safe place is needed no more. */
    void received(Receipt receipt) {
        last = receipt;
        prologue.reached(receipt.safe());
        List<KeptItem> rests = new ArrayList<>();
        while (!items.isEmpty() && isCutBy(receipt, items.element())) {
            KeptItem item = items.remove();
            cost -= item.cost();
            item.behind(receipt.safe()).ifPresent(rests::add);
        }
        for (int i = rests.size() - 1; i >= 0; i--) {
            cost += rests.get(i).cost();
            items.addFirst(rests.get(i));
        }
    }

    /** A gap in front of all may stand for more than the recorder had when it told this. */
    private static boolean isCutBy(Receipt receipt, KeptItem item) {
        return item.ordinal() <= receipt.items() || item.traffic() instanceof Traffic.Lost;
    }

    /** A recorder died. Gives up what this session had, if so many died before it got on. */
    void recorderDied() {
        deaths = last.safe().equals(safeAtDeath) ? deaths + 1 : 1;
        safeAtDeath = last.safe();
        if (deaths >= DEATHS_IN_VAIN) {
            forget();
        }
    }

    /** Gives up what was read: for the next recorder it will be a gap. */
    void forget() {
        Map<Direction, KeptItem> gaps = new EnumMap<>(Direction.class);
        List<KeptItem> ends = new ArrayList<>();
        for (KeptItem item : items) {
            Optional<Traffic.Lost> gap = item.asGap();
            gap.ifPresent(lost ->
                    gaps.merge(lost.direction(), new KeptItem(lost, item.ordinal(), item.from()), KeptSession::longer));
            if (gap.isEmpty()) {
                ends.add(item);
            }
        }
        items.clear();
        cost = 0;
        gaps.values().forEach(this::keep);
        ends.forEach(this::keep);
    }

    Unfinished unfinished() {
        Receipt anew = new Receipt(
                last.session(), 0, last.safe(), last.unanswered(), last.written(), last.reel(), last.isOver());
        return new Unfinished(opened, prologue.before(last.safe()), anew);
    }

    /** All that is to be sent to the next recorder behind {@link #unfinished}, which counts from there. */
    List<Traffic> again() {
        List<KeptItem> all = List.copyOf(items);
        items.clear();
        sent = 0;
        all.forEach(item -> items.add(item.numbered(++sent)));
        return all.stream().map(KeptItem::traffic).toList();
    }

    /** How much room it takes. */
    long cost() {
        return cost;
    }

    private void keep(KeptItem item) {
        items.add(item);
        cost += item.cost();
    }

    private long advance(Traffic traffic) {
        if (traffic instanceof Traffic.Read read) {
            long length = read.bytes().length();
            return end.merge(read.direction(), length, Long::sum) - length;
        } else if (traffic instanceof Traffic.Lost lost) {
            end.put(lost.direction(), lost.end());
            return lost.firstByte();
        }
        return 0;
    }

    private static KeptItem longer(KeptItem one, KeptItem next) {
        Traffic.Lost both = ((Traffic.Lost) one.traffic()).and((Traffic.Lost) next.traffic());
        return new KeptItem(both, next.ordinal(), one.from());
    }
}
