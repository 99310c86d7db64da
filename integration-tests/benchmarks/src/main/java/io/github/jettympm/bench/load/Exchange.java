package io.github.jettympm.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One request and its response on a connection of HTTP/1.1, for responses that fit into 8 KB. */
final class Exchange {
    private static final int MOST_BYTES = 8 * 1024;

    private final ByteBuffer received = ByteBuffer.allocate(MOST_BYTES);
    private int end = -1;

    /** The bytes of a GET. */
    static ByteBuffer get(String path) {
        return ByteBuffer.wrap(
                ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Where to put the bytes that come. */
    ByteBuffer received() {
        return received;
    }

    /** Whether the response is whole. */
    boolean isComplete() {
        if (end < 0) {
            end = findEnd();
        }
        return end >= 0 && received.position() >= end;
    }

    private int findEnd() {
        String text = text();
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return -1;
        }
        String lower = text.substring(0, head + 2).toLowerCase();
        int field = lower.indexOf("\r\ncontent-length:");
        if (field < 0) {
            throw new IllegalStateException("a response without Content-Length: " + text.substring(0, head));
        }
        int start = field + "\r\ncontent-length:".length();
        int length = Integer.parseInt(
                lower.substring(start, lower.indexOf('\r', start)).strip());
        return head + "\r\n\r\n".length() + length;
    }

    /** Whether the response is the one that was wanted. */
    boolean isRight(String body) {
        String text = text();
        return text.startsWith("HTTP/1.1 200") && text.endsWith("\r\n\r\n" + body);
    }

    /** Whether the status is 200 and the content has so many bytes. */
    boolean hasContentOf(int length) {
        String text = text();
        return text.startsWith("HTTP/1.1 200")
                && text.length() - text.indexOf("\r\n\r\n") - "\r\n\r\n".length() == length;
    }

    /** Begins the next one. */
    void reset() {
        received.clear();
        end = -1;
    }

    String text() {
        return new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
    }
}
