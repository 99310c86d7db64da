package io.github.jettympm.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A response as it came over the wire; names of headers in lower case. */
public record Response(String version, int status, Map<String, String> headers, byte[] body) {
    public String header(String name) {
        return headers.get(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Status and text, to compare both at once. */
    public String summary() {
        return status + " " + text();
    }
}
