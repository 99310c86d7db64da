package io.github.jettympm.status;

/**
 * Writes metrics line by line, in either of two dialects: OpenMetrics 1.0, which names a counter without its suffix where it
 * describes it, and the text format of Prometheus before that (version 0.0.4), which does not.
 */
final class MetricsWriter {
    private static final String TOTAL = "_total";

    private final StringBuilder text = new StringBuilder();
    private final boolean openMetrics;
    private String name = "";

    MetricsWriter(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** Begins a number that only grows while its process lives; the name ends with {@code _total}. */
    MetricsWriter counter(String counter, String help) {
        String family = openMetrics ? counter.substring(0, counter.length() - TOTAL.length()) : counter;
        return begin(counter, family, "counter", help);
    }

    /** Begins a number that grows and shrinks. */
    MetricsWriter gauge(String gauge, String help) {
        return begin(gauge, gauge, "gauge", help);
    }

    /** Begins a text, which the labels of its only sample tell; the name ends with {@code _info}. */
    MetricsWriter info(String info, String help) {
        return openMetrics
                ? begin(info, info.substring(0, info.length() - "_info".length()), "info", help)
                : begin(info, info, "gauge", help);
    }

    private MetricsWriter begin(String sample, String family, String type, String help) {
        name = sample;
        text.append("# HELP ").append(family).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
        return this;
    }

    /** A sample of what was begun. */
    void sample(long value, String... labels) {
        line(Long.toString(value), labels);
    }

    /** A sample of what was begun. */
    void sample(double value, String... labels) {
        line(Double.toString(value), labels);
    }

    /** A sample of a number of which a negative one means that it is not known; then there is none. */
    void known(long value, String... labels) {
        if (value >= 0) {
            sample(value, labels);
        }
    }

    private void line(String value, String... labels) {
        text.append(name);
        char separator = '{';
        for (int i = 0; i < labels.length; i += 2) {
            text.append(separator).append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            text.append('"');
            separator = ',';
        }
        text.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\', '"' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                default -> text.append(Character.isISOControl(c) ? '?' : c);
            }
        }
    }

    /** The end, without which a reader takes the text for cut off; before OpenMetrics a comment. */
    String end() {
        return text.append("# EOF\n").toString();
    }
}
