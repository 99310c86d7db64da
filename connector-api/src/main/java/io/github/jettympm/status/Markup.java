package io.github.jettympm.status;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML element by element. Every text and every attribute is escaped here, so nobody else can forget it; what neither
 * can be seen nor is a blank becomes {@code ?}.
 */
final class Markup {
    private final StringBuilder html;
    private final Deque<String> open = new ArrayDeque<>();

    /** @param start what stands in front, as it is */
    Markup(String start) {
        this.html = new StringBuilder(start);
    }

    /**
     * Begins an element.
     *
     * @param attributes names and values by turns
     */
    Markup begin(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    private void start(String tag, String... attributes) {
        html.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            html.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            html.append('"');
        }
        html.append('>');
    }

    /** Ends the element that was begun last. */
    Markup end() {
        html.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element that never has content, such as {@code meta}. */
    Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        html.append('\n');
        return this;
    }

    /** An element with text. */
    Markup element(String tag, String text, String... attributes) {
        return begin(tag, attributes).text(text).end();
    }

    /** A style sheet, which is not escaped: it is ours and never a stranger's. */
    Markup style(String css) {
        html.append("<style>").append(css).append("</style>\n");
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(isVisible(c) ? c : '?');
            }
        });
    }

    /** Not those that hide or turn round what follows. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
