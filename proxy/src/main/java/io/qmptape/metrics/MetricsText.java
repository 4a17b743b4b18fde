package io.qmptape.metrics;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus' text form, version 0.0.4. Labels are words of a fixed choice: no ids, no names of machines, nothing that a client or a
 * QEMU says.
 */
final class MetricsText {
    private final StringBuilder text = new StringBuilder();

    /** The lines in front of a metric's samples. */
    void begin(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void gauge(String name, String help, Number value) {
        begin(name, "gauge", help);
        sample(name, value);
    }

    void counter(String name, String help, long value) {
        begin(name, "counter", help);
        sample(name, value);
    }

    void counters(String name, String help, String label, Map<String, Long> values) {
        begin(name, "counter", help);
        new TreeMap<>(values).forEach((word, value) -> sample(name, label, word, value));
    }

    void sample(String name, Number value) {
        text.append(name).append(' ').append(number(value)).append('\n');
    }

    void sample(String name, String label, String word, Number value) {
        text.append(name).append('{').append(label).append("=\"").append(word).append("\"} ");
        text.append(number(value)).append('\n');
    }

    /** Without an exponent, whole numbers without a point. */
    static String number(Number value) {
        return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
