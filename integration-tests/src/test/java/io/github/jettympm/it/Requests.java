package io.github.jettympm.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Plain requests, as bytes for a {@link Wire}. */
final class Requests {
    private Requests() {}

    static byte[] get(String path) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] post(String path, byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
                .formatted(path, body.length)
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
