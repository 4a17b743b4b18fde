package io.qmptape.transport;

/** A listening socket that this process was started with, by the number of its descriptor. */
public record InheritedEndpoint(int number) implements Endpoint {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    public InheritedEndpoint {
        if (number < 0 || number == STDOUT || number == STDERR) {
            throw new IllegalArgumentException(
                    "fd:" + number + " cannot be a socket to listen on: give 0, or 3 or more");
        }
    }

    @Override
    public Endpoint toDial() {
        throw new IllegalArgumentException(this + " is a socket to listen on, and nothing to connect to");
    }

    @Override
    public String toString() {
        return "fd:" + number;
    }
}
