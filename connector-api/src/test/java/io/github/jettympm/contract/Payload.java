package io.github.jettympm.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Content for requests and responses, the same in each run. */
final class Payload {
    /** Larger than any buffer of client, kernel and server together would like it. */
    static final int LARGE = 3 * 1024 * 1024;

    private Payload() {}

    static byte[] ofSize(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The content in chunks of different sizes, with the last one (RFC 9112, 7.1). */
    static byte[] chunked(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int size = 1;
        for (int from = 0; from < content.length; from += size) {
            size = Math.min(size * 7 % 70_001 + 1, content.length - from);
            out.writeBytes(ascii(Integer.toHexString(size) + "\r\n"));
            out.write(content, from, size);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\n\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
