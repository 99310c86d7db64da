package io.github.jettympm.status;

/** The tiles of the page: a name, a figure and what else there is to say about it. */
final class HtmlFigures {
    private final Markup page;

    /** @param page in which a {@code dl} is open */
    HtmlFigures(Markup page) {
        this.page = page;
    }

    void add(String name, String figure, String more) {
        page.begin("div").element("dt", name);
        page.begin("dd").element("b", figure).element("span", more).end();
        page.end();
    }
}
