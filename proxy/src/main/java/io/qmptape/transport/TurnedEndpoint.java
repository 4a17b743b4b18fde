package io.qmptape.transport;

/** An endpoint that says whether we listen there or connect to it, where the other one is usual. */
public record TurnedEndpoint(Way way, Endpoint place) implements Endpoint {
    /** What we do there. */
    public enum Way {
        LISTEN("listen:"),
        CONNECT("connect:");

        private final String prefix;

        Way(String prefix) {
            this.prefix = prefix;
        }
    }

    public TurnedEndpoint {
        if (place instanceof TurnedEndpoint) {
            throw new IllegalArgumentException(way.prefix + place + " says twice who listens: write it once");
        }
    }

    @Override
    public String address() {
        return way.prefix + place.address();
    }

    @Override
    public Endpoint toListenAt() {
        if (way == Way.CONNECT) {
            throw new IllegalArgumentException(this + " says to connect, but here one listens: write " + place);
        }
        return place.toListenAt();
    }

    @Override
    public Endpoint toDial() {
        if (way == Way.LISTEN) {
            throw new IllegalArgumentException(this + " says to listen, but here one connects: write " + place);
        }
        return place.toDial();
    }

    @Override
    public String toString() {
        return way.prefix + place;
    }
}
