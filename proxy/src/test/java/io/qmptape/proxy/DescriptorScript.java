package io.qmptape.proxy;

import io.qmptape.protocol.Bytes;
import io.qmptape.protocol.DescriptorKind;
import io.qmptape.testkit.DescriptorWire;
import io.qmptape.testkit.OpenThing;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Random messages, some with descriptors, and what must be seen of them at the other end. */
final class DescriptorScript {
    private record Part(Bytes bytes, List<OpenThing> things) {}

    /** What arrived: all bytes, and what came with which of them. */
    record Seen(Bytes bytes, Map<Integer, List<String>> marks) {}

    private final List<Part> parts = new ArrayList<>();

    static DescriptorScript random(Random random, Supplier<OpenThing> things) {
        DescriptorScript script = new DescriptorScript();
        for (int part = 5 + random.nextInt(60); part > 0; part--) {
            byte[] bytes = new byte[1 + random.nextInt(random.nextInt(12) == 0 ? 12_000 : 60)];
            random.nextBytes(bytes);
            List<OpenThing> sent = new ArrayList<>();
            for (int left = random.nextBoolean() ? 0 : random.nextInt(4); left > 0; left--) {
                sent.add(things.get());
            }
            script.parts.add(new Part(Bytes.lend(bytes), sent));
        }
        return script;
    }

    void sendOver(DescriptorWire wire) {
        for (Part part : parts) {
            wire.send(
                    part.bytes(),
                    part.things().stream().mapToInt(OpenThing::descriptor).toArray());
        }
    }

    static Seen receivedFrom(DescriptorWire wire, int length) {
        return receivedFrom(wire, seen -> seen == length);
    }

    /** Until the other side sends no more. */
    static Seen receivedToEnd(DescriptorWire wire) {
        return receivedFrom(wire, seen -> false);
    }

    /** Byte by byte: a longer receive would not tell where descriptors came. Closes them. */
    private static Seen receivedFrom(DescriptorWire wire, IntPredicate isEnough) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<Integer, List<String>> marks = new TreeMap<>();
        while (!isEnough.test(bytes.size())) {
            DescriptorWire.Part one = wire.receive(1);
            if (one.bytes().length() == 0) {
                break;
            }
            if (!one.descriptors().isEmpty()) {
                marks.put(
                        bytes.size(),
                        one.descriptors().stream().map(OpenThing::takeMark).toList());
            }
            bytes.write(one.bytes().at(0));
        }
        return new Seen(Bytes.lend(bytes.toByteArray()), marks);
    }

    int length() {
        return parts.stream().mapToInt(part -> part.bytes().length()).sum();
    }

    Seen expected() {
        return new Seen(Bytes.join(parts.stream().map(Part::bytes).toList()), byOffset(OpenThing::mark));
    }

    Map<Integer, List<DescriptorKind>> kinds() {
        return byOffset(OpenThing::kind);
    }

    private <T> Map<Integer, List<T>> byOffset(Function<OpenThing, T> what) {
        Map<Integer, List<T>> all = new TreeMap<>();
        int at = 0;
        for (Part part : parts) {
            if (!part.things().isEmpty()) {
                all.put(at, part.things().stream().map(what).toList());
            }
            at += part.bytes().length();
        }
        return all;
    }
}
