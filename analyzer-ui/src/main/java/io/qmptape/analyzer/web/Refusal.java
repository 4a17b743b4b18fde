package io.qmptape.analyzer.web;

/** A request that gets no answer but a problem. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String detail;

    private Refusal(int status, String title, String detail) {
        super(title + ": " + detail);
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    static Refusal notFound(String detail) {
        return new Refusal(404, "Not found", detail);
    }

    static Refusal badRequest(String detail) {
        return new Refusal(400, "Bad request", detail);
    }

    static Refusal misdirected(String detail) {
        return new Refusal(421, "Misdirected request", detail);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return detail;
    }
}
