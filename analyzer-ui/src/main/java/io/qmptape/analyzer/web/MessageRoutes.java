package io.qmptape.analyzer.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.qmptape.analyzer.index.MessageIndex;
import io.qmptape.analyzer.index.MessageRow;
import io.qmptape.protocol.Json;
import io.qmptape.protocol.MessageKind;
import io.qmptape.store.SessionRecord.FrameRecorded;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One message: in full, a part of its tree, its bytes. */
final class MessageRoutes {
    private static final String MESSAGE = AnalyzerServer.API + "/sessions/{id}/messages/{seq}";

    private final MessageIndex index;
    private final FrameSource frames;
    private final CatalogPages catalog;
    private final Answer answer;

    MessageRoutes(Recordings recordings, Answer answer) {
        this.index = recordings.index();
        this.frames = recordings.frames();
        this.catalog = recordings.catalog();
        this.answer = answer;
    }

    void addTo(RoutesConfig routes) {
        routes.get(MESSAGE, this::message);
        routes.get(MESSAGE + "/tree", this::tree);
        routes.get(MESSAGE + "/bytes", this::bytes);
    }

    private void message(Context context) {
        MessageRow row = row(new Asked(context));
        answer.send(context, MessageView.of(RowView.of(row), pair(row), recorded(row), entry(row)));
    }

    /** {@code at}: indexes of children from the top, as {@code 0.3.12}. */
    private void tree(Context context) {
        Asked asked = new Asked(context);
        FrameRecorded recorded = recorded(row(asked));
        Json json = MessageView.json(recorded.frame())
                .orElseThrow(() -> Refusal.notFound("This message holds no JSON value."));
        int offset = (int) asked.number("offset", 0, 0, Integer.MAX_VALUE);
        answer.send(context, JsonTree.part(json, recorded.masked(), path(asked.text("at")), offset));
    }

    private void bytes(Context context) {
        MessageRow row = row(new Asked(context));
        String name = row.session().brief() + "-" + row.sequence() + ".qmp";
        context.contentType("application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .result(recorded(row).frame().bytes().toArray());
    }

    private static List<Integer> path(String text) {
        try {
            return text.isEmpty()
                    ? List.of()
                    : Stream.of(text.split("\\.", -1)).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("'at' is a list of whole numbers with dots between.");
        }
    }

    private MessageRow row(Asked asked) {
        return index.message(asked.session(), asked.sequence())
                .orElseThrow(() -> Refusal.notFound("There is no message " + asked.sequence() + " in this session."));
    }

    private @Nullable CatalogEntry entry(MessageRow row) {
        String kind = row.kind() == MessageKind.EVENT ? CatalogEntry.EVENT : CatalogEntry.COMMAND;
        return catalog.entry(kind, row.name()).orElse(null);
    }

    private @Nullable RowView pair(MessageRow row) {
        return row.pair().isEmpty()
                ? null
                : index.message(row.session(), row.pair().getAsLong())
                        .map(RowView::of)
                        .orElse(null);
    }

    private FrameRecorded recorded(MessageRow row) {
        return frames.at(row.position())
                .filter(FrameRecorded.class::isInstance)
                .map(FrameRecorded.class::cast)
                .orElseThrow(() -> Refusal.notFound("The message is in the index and no longer on the tape."));
    }
}
