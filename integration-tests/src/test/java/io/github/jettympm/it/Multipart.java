package io.github.jettympm.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body (RFC 7578). */
final class Multipart {
    private static final String BOUNDARY = "an-integration-test-made-this";

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    Multipart field(String name, String value) {
        return part("name=\"" + name + "\"", "text/plain;charset=UTF-8", value.getBytes(StandardCharsets.UTF_8));
    }

    Multipart file(String name, String fileName, String contentType, byte[] content) {
        return part("name=\"" + name + "\"; filename=\"" + fileName + "\"", contentType, content);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(parts.toByteArray());
        all.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    private Multipart part(String disposition, String contentType, byte[] content) {
        var head = "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
                .formatted(BOUNDARY, disposition, contentType);
        parts.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        parts.writeBytes(content);
        parts.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return this;
    }
}
