package io.github.jettympm.it;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** What was asked and answered in the course of one visit, in lines that can be compared between servers. */
final class Transcript {
    /** Bytes; of longer texts, which are none that a person would read, only the digest is kept. */
    private static final int LONGEST_TEXT = 100_000;

    private final List<String> lines = new ArrayList<>();

    /** Adds a line in our own words, such as how a connection ended. */
    void add(String line) {
        lines.add(Volatile.hide(line));
    }

    void add(String request, Answer answer) {
        var shown = answer.readable() && answer.content().length <= LONGEST_TEXT;
        var text = shown ? answer.text() : "";
        var hidden = Volatile.hide(text);
        add(">>> " + request);
        add("<<< " + answer.protocol() + " " + answer.status());
        answer.headers()
                .forEach((name, values) -> values.forEach(value -> {
                    // A length differs with what it counts; then it only has to be right.
                    var counts = name.equals("content-length")
                            && !hidden.equals(text)
                            && value.equals(String.valueOf(answer.body().length));
                    add("    " + name + ": " + (counts ? "<length of the body>" : value));
                }));
        if (shown) {
            hidden.lines().forEach(line -> lines.add("    | " + line));
        } else {
            lines.add("    %d bytes, SHA-256 %s".formatted(answer.content().length, sha256(answer.content())));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    static String sha256(byte[] content) {
        try {
            return "%064x"
                    .formatted(new BigInteger(
                            1, MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
