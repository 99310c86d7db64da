package io.github.jettympm.supervisor;

import java.util.regex.Pattern;

/** What a child has written may be anything, and must neither make a line of the log nor command a terminal. */
final class Printable {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009f\u2028\u2029]");

    private Printable() {}

    /** The same text with a question mark for each character that cannot be shown. */
    static String of(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
