package io.github.jettympm.it;

import java.util.Random;

/** Request bodies, and what the digest servlet says of them. */
final class Bodies {
    /** 3 MiB: more than the buffers of both sides hold. */
    static final byte[] LARGE = random(3 * 1024 * 1024);

    private Bodies() {}

    /** Always the same bytes for the same length. */
    static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** As {@link io.github.jettympm.it.echo.DigestServlet} puts it. */
    static String digest(byte[] body) {
        return body.length + " bytes, SHA-256 " + Transcript.sha256(body);
    }
}
