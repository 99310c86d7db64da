package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A response as it came.
 *
 * @param protocol as in {@code HTTP/1.1}
 * @param headers by name in lower case, which is what HTTP/2 sends; every value in the order of the response
 * @param body without transfer coding, but with its content coding
 */
record Answer(String protocol, int status, Map<String, List<String>> headers, byte[] body) {
    /** Characters of a text in an error message. */
    private static final int LONGEST_MESSAGE = 20_000;

    Answer {
        var lowerCase = new TreeMap<String, List<String>>();
        // The JDK's client hands HTTP/2's pseudo header on.
        headers.forEach((name, values) -> lowerCase.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        lowerCase.remove(":status");
        headers = lowerCase;
    }

    /** Fails unless the response has this status and its text contains all of {@code texts}. */
    Answer shows(int status, String... texts) {
        assertEquals(status, this.status, () -> "status of " + this);
        for (var text : texts) {
            assertTrue(text().contains(text), () -> "'" + text + "' is missing in " + this + "\n" + beginning());
        }
        return this;
    }

    /** Fails unless the header is there with exactly this value. */
    Answer has(String header, String value) {
        assertEquals(Optional.of(value), header(header), () -> header + " of " + this);
        return this;
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The body without its content coding. */
    byte[] content() {
        if (!header("content-encoding").equals(Optional.of("gzip"))) {
            return body;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content as text: UTF-8 if it is that, else ISO-8859-1. */
    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content()))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(content(), StandardCharsets.ISO_8859_1);
        }
    }

    private String beginning() {
        return text().substring(0, Math.min(text().length(), LONGEST_MESSAGE));
    }

    /** Whether the content is meant to be read. */
    boolean readable() {
        var type = header("content-type").orElse("text/plain");
        return type.startsWith("text/")
                || type.startsWith("multipart/byteranges")
                || type.contains("json")
                || type.contains("xml")
                || type.contains("script");
    }

    @Override
    public String toString() {
        return protocol + " " + status + " " + headers + ", " + body.length + " bytes";
    }
}
