package io.qmptape.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A frame understood. Every frame is one of these; what is no QMP is {@link Unrecognized} or {@link Noise}, never an
 * error. All JSON values keep their spans in the frame's bytes.
 */
public sealed interface Message {
    MessageKind kind();

    /** The {@code id} of a command or reply, where it has one. */
    default Optional<Json> id() {
        return Optional.empty();
    }

    /** {@code {"QMP": {"version": …, "capabilities": […]}}}; what is missing in it reads as empty. */
    record Greeting(Json.Obj json) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.GREETING;
        }

        /** As {@code 7.2.22}; empty if the greeting names none. */
        public Optional<String> version() {
            return qmp().flatMap(qmp -> object(qmp.get("version")))
                    .flatMap(version -> object(version.get("qemu")))
                    .flatMap(Greeting::dotted);
        }

        public List<String> capabilities() {
            return qmp().flatMap(qmp -> qmp.get("capabilities")).filter(Json.Arr.class::isInstance).stream()
                    .flatMap(list -> ((Json.Arr) list).elements().stream())
                    .filter(Json.Str.class::isInstance)
                    .map(word -> ((Json.Str) word).value())
                    .toList();
        }

        private Optional<Json.Obj> qmp() {
            return object(json.get("QMP"));
        }

        private static Optional<String> dotted(Json.Obj numbers) {
            return number(numbers, "major")
                    .flatMap(major -> number(numbers, "minor").map(minor -> major + "." + minor))
                    .map(version ->
                            version + number(numbers, "micro").map(m -> "." + m).orElse(""));
        }

        private static Optional<String> number(Json.Obj numbers, String name) {
            return numbers.get(name).filter(Json.Num.class::isInstance).map(value -> ((Json.Num) value).text());
        }

        private static Optional<Json.Obj> object(Optional<Json> value) {
            return value.filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
        }
    }

    /**
     * An object with {@code execute} or {@code exec-oob}.
     *
     * @param name what it executes; empty where that is no string
     */
    record Command(Json.Obj json, String name, boolean isOutOfBand) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.COMMAND;
        }

        @Override
        public Optional<Json> id() {
            return json.get("id");
        }

        public Optional<Json> arguments() {
            return json.get("arguments");
        }
    }

    record Success(Json.Obj json, Json value) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.SUCCESS;
        }

        @Override
        public Optional<Json> id() {
            return json.get("id");
        }
    }

    record Failure(Json.Obj json) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.FAILURE;
        }

        @Override
        public Optional<Json> id() {
            return json.get("id");
        }

        public String errorClass() {
            return text("class");
        }

        public String description() {
            return text("desc");
        }

        /** Whether this answers input that is no JSON: such an answer belongs to noise, and cannot carry an id. */
        public boolean answersNoise() {
            String text = description();
            return id().isEmpty() && (text.startsWith("JSON ") || text.equals("Invalid JSON syntax"));
        }

        private String text(String member) {
            return json.get("error")
                    .filter(Json.Obj.class::isInstance)
                    .flatMap(error -> ((Json.Obj) error).text(member))
                    .orElse("");
        }
    }

    record Event(Json.Obj json, String name) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.EVENT;
        }

        public Optional<Json> data() {
            return json.get("data");
        }
    }

    /** Sound JSON, but no QMP message for its direction. */
    record Unrecognized(Json json) implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.UNRECOGNIZED;
        }

        /** QEMU echoes the id of anything that is an object. */
        @Override
        public Optional<Json> id() {
            return json instanceof Json.Obj object ? object.get("id") : Optional.empty();
        }
    }

    /** A frame that holds no JSON value: noise, what QEMU skips after it, or what the stream's end cut short. */
    record Noise() implements Message {
        @Override
        public MessageKind kind() {
            return MessageKind.NOISE;
        }
    }

    static Message of(Frame frame) {
        return frame.kind() == FrameKind.MESSAGE
                ? of(frame.direction(), JsonReader.read(frame.bytes(), frame.direction()))
                : new Noise();
    }

    static Message of(Direction direction, Optional<Json> json) {
        return json.map(value -> direction == Direction.CLIENT_TO_SERVER ? fromClient(value) : fromServer(value))
                .orElseGet(Noise::new);
    }

    private static Message fromClient(Json json) {
        if (json instanceof Json.Obj object) {
            boolean isOutOfBand = object.get("execute").isEmpty();
            String member = isOutOfBand ? "exec-oob" : "execute";
            if (object.get(member).isPresent()) {
                return new Command(object, object.text(member).orElse(""), isOutOfBand);
            }
        }
        return new Unrecognized(json);
    }

    private static Message fromServer(Json json) {
        if (!(json instanceof Json.Obj object)) {
            return new Unrecognized(json);
        }
        Optional<Json> result = object.get("return");
        Optional<String> event = object.text("event");
        if (result.isPresent()) {
            return new Success(object, result.get());
        }
        if (object.get("error").isPresent()) {
            return new Failure(object);
        }
        if (event.isPresent()) {
            return new Event(object, event.get());
        }
        return object.get("QMP").isPresent() ? new Greeting(object) : new Unrecognized(json);
    }
}
