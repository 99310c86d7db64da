package io.github.jettympm.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bytes that a client may send, and what it does then.
 *
 * @param name says what is special about them
 * @param then what the client does when it has sent them
 * @param steps the bytes; the client waits for the head of an answer after each step but the last
 */
record RawCase(String name, Then then, List<byte[]> steps) {
    /** A good request that asks for the end of the connection; so one that a server keeps open ends as well. */
    private static final String LAST = "GET /last HTTP/1.1\nHost: localhost\nConnection: close\n\n";

    /** What a client does when it has sent all. */
    enum Then {
        /** It sends {@link RawCase#LAST} in the same packet, and reads to the end. */
        LAST_REQUEST,
        /** It says that it sends nothing more, and reads to the end. */
        HALF_CLOSE,
        /** It goes away and reads nothing. */
        DROP
    }

    /**
     * A case in the notation of the table.
     *
     * @param texts the steps; a line end stands for CR and LF, {@code ␊} for a line feed and {@code ␍} for a carriage return alone
     */
    static RawCase of(String name, Then then, String... texts) {
        return new RawCase(
                name, then, List.of(texts).stream().map(RawCase::bytes).toList());
    }

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n")
                .replace('\u240a', '\n')
                .replace('\u240d', '\r')
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What goes over the wire in the last step. */
    byte[] lastStep() {
        byte[] own = steps.get(steps.size() - 1);
        if (then != Then.LAST_REQUEST) {
            return own;
        }
        byte[] last = bytes(LAST);
        byte[] both = new byte[own.length + last.length];
        System.arraycopy(own, 0, both, 0, own.length);
        System.arraycopy(last, 0, both, own.length, last.length);
        return both;
    }

    @Override
    public String toString() {
        return name;
    }
}
