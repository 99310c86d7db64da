package io.github.jettympm.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes JSON (RFC 8259) member by member. What is not printable ASCII, and {@code <}, is escaped, so that the text may
 * stand in a page or a terminal.
 */
final class JsonWriter {
    private static final double NANOS = 1e9;
    private static final int PRINTABLE_FROM = 0x20;
    private static final int PRINTABLE_TO = 0x7e;

    private final StringBuilder text = new StringBuilder();
    private final Deque<Character> ends = new ArrayDeque<>();
    private boolean first = true;

    JsonWriter beginObject() {
        return begin('{', '}');
    }

    JsonWriter beginArray() {
        return begin('[', ']');
    }

    private JsonWriter begin(char start, char end) {
        separate();
        text.append(start);
        ends.push(end);
        first = true;
        return this;
    }

    /** Ends what was begun last. */
    JsonWriter end() {
        text.append(ends.pop());
        first = false;
        return this;
    }

    /** A value has to follow. */
    JsonWriter name(String name) {
        separate();
        quote(name);
        text.append(':');
        first = true;
        return this;
    }

    JsonWriter value(String value) {
        separate();
        quote(value);
        return this;
    }

    JsonWriter value(long value) {
        return literal(Long.toString(value));
    }

    /** JSON has no word for what is not a number. */
    JsonWriter value(double value) {
        return literal(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    JsonWriter value(Instant value) {
        return value(value.toString());
    }

    /** In seconds. */
    JsonWriter value(Duration value) {
        return value(value.toNanos() / NANOS);
    }

    /** A number of which a negative one means that it is not known. */
    JsonWriter known(long value) {
        return literal(value < 0 ? "null" : Long.toString(value));
    }

    private JsonWriter literal(String literal) {
        separate();
        text.append(literal);
        return this;
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < PRINTABLE_FROM || c > PRINTABLE_TO || c == '<') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
