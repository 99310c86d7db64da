package io.github.jettympm.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a child printed last, for the message about one that does not get ready. Blank lines and the frames of stack traces
 * are left out, since they would displace what says why.
 *
 * <p>The threads that read its two streams add lines, and another one asks. All memory is taken at the beginning.
 */
final class LastLines {
    private static final int LINES = 10;
    private static final int LONGEST = 300; // bytes

    private final byte[][] lines = new byte[LINES][LONGEST];
    private final int[] lengths = new int[LINES];
    private long added;

    /** Adds a line, without its end. */
    synchronized void add(byte[] bytes, int from, int to) {
        if (isFrame(bytes, from, to)) {
            return;
        }
        int at = (int) (added++ % LINES);
        lengths[at] = Math.min(LONGEST, to - from);
        System.arraycopy(bytes, from, lines[at], 0, lengths[at]);
    }

    /** As {@code \tat Main.main(Main.java:3)}, or {@code \t... 3 more}; and a line that is blank. */
    private static boolean isFrame(byte[] bytes, int from, int to) {
        int begin = from;
        while (begin < to && isBlank(bytes[begin])) {
            begin++;
        }
        boolean indented = begin > from;
        return begin == to || indented && (startsWith("at ", bytes, begin, to) || startsWith("... ", bytes, begin, to));
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private static boolean startsWith(String prefix, byte[] bytes, int from, int to) {
        boolean equal = to - from >= prefix.length();
        for (int i = 0; equal && i < prefix.length(); i++) {
            equal = bytes[from + i] == prefix.charAt(i);
        }
        return equal;
    }

    /** The lines, oldest first, in one; empty if there was none. */
    synchronized Optional<String> text() {
        List<String> texts = new ArrayList<>();
        for (long i = Math.max(0, added - LINES); i < added; i++) {
            int at = (int) (i % LINES);
            texts.add(Printable.of(new String(lines[at], 0, lengths[at], StandardCharsets.UTF_8).strip()));
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(" | ", texts));
    }
}
