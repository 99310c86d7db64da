package io.github.jettympm.supervisor;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a text with options of the virtual machine, as {@code JAVA_TOOL_OPTIONS} and its like have them: blanks
 * separate, single and double quotes keep blanks, and nothing else is special (arguments.cpp of HotSpot, args.c of the launcher).
 *
 * @param raw how it stands in the text, quotes included
 * @param value what it means
 */
record OptionWord(String raw, String value) {
    /** The words of a text; a quote that is not closed ends with it. */
    static List<OptionWord> of(String text) {
        List<OptionWord> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int begin = i;
            StringBuilder value = new StringBuilder();
            while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
                char c = text.charAt(i++);
                if (c == '"' || c == '\'') {
                    int end = text.indexOf(c, i) < 0 ? text.length() : text.indexOf(c, i);
                    value.append(text, i, end);
                    i = end + 1;
                } else {
                    value.append(c);
                }
            }
            if (i > begin) {
                words.add(new OptionWord(text.substring(begin, Math.min(i, text.length())), value.toString()));
            }
            i++;
        }
        return words;
    }

    /** The word with that meaning, in quotes where it needs them. */
    static OptionWord meaning(String value) {
        boolean plain = value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
        return new OptionWord(plain ? value : '"' + value.replace("\"", "\"'\"'\"") + '"', value);
    }
}
