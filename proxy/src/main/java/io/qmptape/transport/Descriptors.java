package io.qmptape.transport;

import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import io.qmptape.protocol.DescriptorKind;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File descriptors that came with a byte, open in this process. Whoever has them closes them, or {@linkplain #moved() moves}
 * them on; doing both, or either twice, does no harm. Used by one event loop.
 */
public final class Descriptors implements AutoCloseable {
    /** What one costs in back-pressure, in bytes: as much as is worth holding open for a side that does not read. */
    static final int WEIGHT = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);
    private static final int[] NOTHING = {};
    private static final Descriptors NONE = new Descriptors(NOTHING, List.of());

    private int[] numbers;
    private final List<DescriptorKind> kinds;

    /** Takes the numbers over. */
    Descriptors(int[] numbers, List<DescriptorKind> kinds) {
        this.numbers = numbers;
        this.kinds = List.copyOf(kinds);
    }

    public static Descriptors none() {
        return NONE;
    }

    /** Whether that channel can send them on. */
    public static boolean canGoTo(Channel sink) {
        return sink instanceof DescriptorChannel;
    }

    public boolean isEmpty() {
        return numbers.length == 0;
    }

    /** Of what came; still known when they are gone. */
    public List<DescriptorKind> kinds() {
        return kinds;
    }

    /** What holding them costs, in bytes. */
    public int weight() {
        return WEIGHT * numbers.length;
    }

    /** The same ones with a new owner; these are empty then. */
    public Descriptors moved() {
        if (isEmpty()) {
            return NONE;
        }
        Descriptors moved = new Descriptors(numbers, kinds);
        numbers = NOTHING;
        return moved;
    }

    /** Lent, until they are moved or closed. */
    int[] numbers() {
        return numbers;
    }

    @Override
    public void close() {
        int[] closing = numbers;
        numbers = NOTHING;
        for (int number : closing) {
            close(number);
        }
    }

    /** The system has closed it even where it reports an error, which is that of a delayed write. */
    private static void close(int number) {
        try {
            new FileDescriptor(number).close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a passed descriptor closed with an error");
        }
    }
}
