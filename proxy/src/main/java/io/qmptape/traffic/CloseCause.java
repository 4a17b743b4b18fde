package io.qmptape.traffic;

/** Why a session ended. */
public enum CloseCause {
    CLIENT_LEFT("client left"),
    SERVER_LEFT("server left"),
    CONNECTION_FAILED("connection failed"),
    UPSTREAM_UNREACHABLE("upstream not reached"),
    PROXY_STOPPED("proxy stopped"),
    RECORDER_DIED("recorder died"),
    UNKNOWN("unknown"),
    RELAY_DIED("relay died"),
    /** It went on, unseen. */
    RECORDING_STOPPED("recording stopped");

    private final String words;

    CloseCause(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
