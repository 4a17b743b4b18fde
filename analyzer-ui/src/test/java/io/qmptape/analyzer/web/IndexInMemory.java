package io.qmptape.analyzer.web;

import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.analyzer.index.MessagePage;
import io.qmptape.analyzer.index.MessageRow;
import io.qmptape.analyzer.query.QuerySyntaxException;
import io.qmptape.protocol.Message;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.Position;
import io.qmptape.store.SessionRecord;
import io.qmptape.store.SessionRecord.FrameRecorded;
import io.qmptape.store.SessionSummary;
import io.qmptape.traffic.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An index over spoken sessions. Its queries know {@code field:value}, {@code -} and words, and refuse an open quote. */
final class IndexInMemory implements MessageIndex, FrameSource {
    private static final Pattern TERM = Pattern.compile("(-?)(?:([\\w.]+):)?(?:\"([^\"]*)\"|([^\\s()]+))");

    private final List<SpokenSession> sessions = new ArrayList<>();
    private final Map<SessionId, List<MessageRow>> rows = new LinkedHashMap<>();

    IndexInMemory add(SpokenSession session) {
        sessions.add(session);
        List<MessageRow> list = new ArrayList<>();
        session.frames().forEach(frame -> list.add(row(session, frame)));
        rows.put(session.id(), list);
        return this;
    }

    @Override
    public List<SessionSummary> sessions() {
        return sessions.stream().map(this::summary).toList();
    }

    @Override
    public Optional<SessionSummary> session(SessionId id) {
        return spoken(id).map(this::summary);
    }

    @Override
    public List<Integer> activity(SessionId id, int buckets) {
        int[] counts = new int[buckets];
        long whole = Math.max(1, spoken(id).orElseThrow().nanos());
        rows.getOrDefault(id, List.of())
                .forEach(row -> counts[(int) Math.min(buckets - 1, row.sinceOpenNanos() * buckets / whole)]++);
        return java.util.Arrays.stream(counts).boxed().toList();
    }

    @Override
    public MessagePage messages(SessionId id, String query, long offset, int limit) {
        return page(rows.getOrDefault(id, List.of()), query, offset, limit);
    }

    @Override
    public MessagePage search(String query, long offset, int limit) {
        List<MessageRow> all = new ArrayList<>();
        for (int i = sessions.size() - 1; i >= 0; i--) {
            all.addAll(rows.getOrDefault(sessions.get(i).id(), List.of()));
        }
        return page(all, query, offset, limit);
    }

    @Override
    public Optional<MessageRow> message(SessionId id, long sequence) {
        return rows.getOrDefault(id, List.of()).stream()
                .skip(Math.max(0, sequence - 1))
                .findFirst()
                .filter(row -> row.sequence() == sequence);
    }

    @Override
    public List<MessageRow> messages(SessionId id, List<Long> sequences) {
        return sequences.stream()
                .flatMap(sequence -> message(id, sequence).stream())
                .toList();
    }

    @Override
    public Map<String, Long> facet(String query, String field, int limit) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Predicate<MessageRow> matches = predicate(query);
        rows.values().stream()
                .flatMap(List::stream)
                .filter(matches)
                .map(row -> value(row, field))
                .filter(value -> !value.isEmpty())
                .forEach(value -> counts.merge(value, 1L, Long::sum));
        Map<String, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(limit)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }

    @Override
    public long indexedRecords() {
        return rows.values().stream().mapToLong(List::size).sum();
    }

    @Override
    public Optional<SessionRecord> at(Position position) {
        SpokenSession session = sessions.get(Integer.parseInt(position.reel()));
        return Optional.of(session.frames().get((int) position.index()));
    }

    SessionFeed feed(SessionId id) {
        Iterator<FrameRecorded> frames = spoken(id).orElseThrow().frames().iterator();
        return sink -> {
            boolean takesMore = true;
            while (takesMore && frames.hasNext()) {
                takesMore = sink.test(frames.next());
            }
        };
    }

    Optional<SpokenSession> spoken(SessionId id) {
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    private SessionSummary summary(SpokenSession session) {
        List<FrameRecorded> frames = session.frames();
        return new SessionSummary(
                session.opened(),
                0,
                frames.isEmpty() ? "" : version(frames.get(0)),
                frames.size(),
                frames.stream().filter(f -> f.message() == MessageKind.FAILURE).count(),
                frames.stream().mapToLong(f -> f.findings().size()).sum(),
                frames.stream().mapToLong(f -> f.masked().size()).sum(),
                0,
                Duration.ofNanos(session.nanos()),
                session.cause());
    }

    private static String version(FrameRecorded frame) {
        return frame.read() instanceof Message.Greeting greeting
                ? greeting.version().orElse("")
                : "";
    }

    private MessageRow row(SpokenSession session, FrameRecorded recorded) {
        long sequence = recorded.sequence();
        return new MessageRow(
                session.id(),
                sequence,
                session.opened().clock().wallAt(recorded.atNanos()),
                recorded.atNanos(),
                recorded.frame().direction(),
                recorded.message(),
                session.name(sequence),
                contents(recorded),
                session.latency(sequence),
                session.pair(sequence),
                recorded.findings().size(),
                recorded.masked().size(),
                recorded.frame().descriptors(),
                recorded.frame().bytes().length(),
                new Position(Integer.toString(sessions.indexOf(session)), sequence - 1));
    }

    private static String contents(FrameRecorded recorded) {
        String text = recorded.frame().body().text().strip();
        Matcher inner = Pattern.compile("\"(?:arguments|return|data|desc)\": ?(.*?)\\}*$", Pattern.DOTALL)
                .matcher(text);
        String shown = inner.find()
                ? inner.group(1).replaceAll("[{}\"]", "").replace(": ", "=").replace(", ", " ")
                : text;
        return shown.substring(0, Math.min(200, shown.length()));
    }

    private static MessagePage page(List<MessageRow> all, String query, long offset, int limit) {
        List<MessageRow> found = all.stream().filter(predicate(query)).toList();
        return new MessagePage(
                found.size(), offset, found.stream().skip(offset).limit(limit).toList());
    }

    private static Predicate<MessageRow> predicate(String query) {
        long quotes = query.chars().filter(c -> c == '"').count();
        if (quotes % 2 != 0) {
            throw new QuerySyntaxException("a quote opens here and never closes", query.lastIndexOf('"'), 1);
        }
        Predicate<MessageRow> all = row -> true;
        Matcher terms = TERM.matcher(query);
        while (terms.find()) {
            String value = terms.group(3) == null ? terms.group(4) : terms.group(3);
            Predicate<MessageRow> one = term(terms.group(2) == null ? "" : terms.group(2), value);
            all = all.and(terms.group(1).isEmpty() ? one : one.negate());
        }
        return all;
    }

    private static Predicate<MessageRow> term(String field, String value) {
        if (field.isEmpty()) {
            return row -> row.contents().contains(value) || row.name().contains(value);
        }
        return row -> value.endsWith("*")
                ? value(row, field).startsWith(value.substring(0, value.length() - 1))
                : value(row, field).equals(value);
    }

    private static String value(MessageRow row, String field) {
        boolean isEvent = row.kind() == MessageKind.EVENT;
        return switch (field) {
            case "kind" -> row.kind().word();
            case "session" -> row.session().toString();
            case "event" -> isEvent ? row.name() : "";
            case "command" -> isEvent ? "" : row.name();
            case "error.class" -> row.kind() == MessageKind.FAILURE ? "GenericError" : "";
            default -> "";
        };
    }
}
