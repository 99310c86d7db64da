package io.github.jettympm.supervisor;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the content of an argument file into words, as the {@code java} launcher does (args.c): blanks and ends of lines
 * separate, quotes keep blanks, a backslash escapes within quotes only and there joins lines, and {@code #} begins a comment.
 */
final class ArgumentFile {
    private static final char NONE = 0;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote = NONE;
    private int at;

    private ArgumentFile(String text) {
        this.text = text;
    }

    static List<String> words(String text) {
        ArgumentFile scanner = new ArgumentFile(text);
        while (scanner.at < text.length()) {
            char c = text.charAt(scanner.at++);
            if (scanner.quote == NONE) {
                scanner.plain(c);
            } else {
                scanner.quoted(c);
            }
        }
        scanner.endWord();
        return scanner.words;
    }

    private void plain(char c) {
        switch (c) {
            case ' ', '\t', '\f', '\n', '\r' -> endWord();
            case '#' -> comment();
            case '\'', '"' -> {
                inWord = true;
                quote = c;
            }
            default -> append(c);
        }
    }

    /** A word that ends where it begins goes on behind it. */
    private void comment() {
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
        skipBlanks();
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void quoted(char c) {
        if (c == quote) {
            quote = NONE;
        } else if (isLineEnd(c)) {
            endWord(); // a quote ends with its line
        } else if (c == '\\' && at < text.length()) {
            escaped(text.charAt(at++));
        } else {
            append(c);
        }
    }

    private void escaped(char c) {
        switch (c) {
            case '\n', '\r' -> skipBlanks();
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'f' -> append('\f');
            default -> append(c);
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
        quote = NONE;
    }
}
