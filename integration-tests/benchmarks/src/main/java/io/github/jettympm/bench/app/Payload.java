package io.github.jettympm.bench.app;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What every server under test answers, byte for byte. */
public final class Payload {
    /** Bytes of a download and of an upload. */
    public static final int LARGE = 100 * 1024 * 1024;

    /** What a download is written in. */
    public static final int PIECE = 64 * 1024;

    /** Bytes of a session's counter in the response, so that every response is of the same length. */
    public static final int COUNTER_DIGITS = 10;

    private static final int JSON_BYTES = 10 * 1024;

    private Payload() {}

    /** 13 bytes. */
    public static byte[] hello() {
        return "Hello, World!".getBytes(StandardCharsets.UTF_8);
    }

    /** A list of 10 KB. */
    public static byte[] json() {
        var text = new StringBuilder("{\"orders\":[");
        for (int i = 0; text.length() < JSON_BYTES - 100; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"id\":%08d,\"customer\":\"c%06d\",\"total\":%09d}".formatted(i, i * 7, i * 1009));
        }
        text.append("],\"end\":\"");
        text.append("x".repeat(JSON_BYTES - text.length() - 2));
        return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@link #PIECE} bytes of a download. */
    public static byte[] piece() {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) 'd');
        return piece;
    }

    /** A number in {@link #COUNTER_DIGITS} digits. */
    public static String counter(int count) {
        return "%010d".formatted(count);
    }
}
