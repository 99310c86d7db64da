package io.github.jettympm.status;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table of the page. On a narrow screen each row becomes a card, where each cell says the heading of its column; without
 * tables it becomes a paragraph.
 *
 * @param <T> what a row shows
 */
final class HtmlTable<T> {
    private final String caption;
    private final List<Column<T>> columns = new ArrayList<>();

    private record Column<T>(String heading, String kind, Function<T, String> value) {}

    HtmlTable(String caption) {
        this.caption = caption;
    }

    HtmlTable<T> number(String heading, Function<T, String> value) {
        columns.add(new Column<>(heading, "number", value));
        return this;
    }

    HtmlTable<T> text(String heading, Function<T, String> value) {
        columns.add(new Column<>(heading, "text", value));
        return this;
    }

    /** A column that may be long, and gets what is left of the width. */
    HtmlTable<T> longText(String heading, Function<T, String> value) {
        columns.add(new Column<>(heading, "long", value));
        return this;
    }

    void write(Markup page, List<T> rows) {
        page.begin("table").element("caption", caption);
        page.begin("thead").begin("tr");
        columns.forEach(column -> page.element("th", column.heading(), "class", column.kind(), "scope", "col"));
        page.end().end();
        page.begin("tbody");
        for (T row : rows) {
            page.begin("tr");
            for (Column<T> column : columns) {
                page.element("td", column.value().apply(row), "class", column.kind(), "data-label", column.heading());
            }
            page.end();
        }
        page.end().end();
    }

    void writeWithoutTable(Markup page, List<T> rows) {
        page.element("h3", caption);
        for (T row : rows) {
            page.begin("p");
            String separator = "";
            for (Column<T> column : columns) {
                page.text(separator + column.heading() + " ");
                page.element("b", column.value().apply(row));
                separator = " · ";
            }
            page.end();
        }
    }
}
