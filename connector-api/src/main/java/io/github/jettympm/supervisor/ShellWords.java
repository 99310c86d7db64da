package io.github.jettympm.supervisor;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as a POSIX shell does: blanks, single quotes, double quotes and backslashes. */
public final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    /**
     * Splits a line.
     *
     * @param line the line; of blanks alone, it has no words
     * @return the words, without their quotes
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> split(String line) {
        ShellWords scanner = new ShellWords(line);
        while (scanner.at < line.length()) {
            scanner.next(line.charAt(scanner.at++));
        }
        scanner.endWord();
        return scanner.words;
    }

    private void next(char c) {
        switch (c) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\'' -> quoted('\'', false);
            case '"' -> quoted('"', true);
            case '\\' -> append(at < line.length() ? line.charAt(at++) : c);
            default -> append(c);
        }
    }

    private void quoted(char quote, boolean escapes) {
        inWord = true;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == quote) {
                return;
            }
            boolean escaped = escapes && c == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0;
            append(escaped ? line.charAt(at++) : c);
        }
        throw new IllegalArgumentException("a quote is not closed in: " + line);
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
