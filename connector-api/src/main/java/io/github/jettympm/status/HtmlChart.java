package io.github.jettympm.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A chart of the page: lines in SVG that fill whatever room there is, with its words and numbers around it in HTML, so that they
 * have the size of all other text.
 */
final class HtmlChart {
    private static final double WIDTH = 600;
    private static final double HEIGHT = 120;
    private static final double[] ROUND = {1, 2, 5, 10};

    private final String title;
    private final List<Line> lines;

    /**
     * A line of a chart.
     *
     * @param name also its class in the style, which gives it a colour and a pattern
     */
    record Line(String name, ToDoubleFunction<Sample> value) {}

    HtmlChart(String title, Line... lines) {
        this.title = title;
        this.lines = List.of(lines);
    }

    void write(Markup page, List<Sample> history) {
        page.begin("figure");
        page.begin("figcaption").element("b", title);
        if (history.size() < 2) {
            page.element("span", "nothing to show yet", "class", "note").end().end();
            return;
        }
        double top = top(history);
        lines.forEach(line -> page.element("span", legend(line, history), "class", "key " + line.name()));
        page.end();
        page.begin("div", "class", "plot");
        page.begin("div", "class", "scale");
        page.element("span", number(top)).element("span", number(top / 2)).element("span", "0");
        page.end();
        draw(page, history, top);
        page.end();
        page.begin("div", "class", "axis");
        page.element("span", ago(history)).element("span", "now");
        page.end().end();
    }

    private String legend(Line line, List<Sample> history) {
        double now = line.value().applyAsDouble(history.get(history.size() - 1));
        double most = history.stream().mapToDouble(line.value()).max().orElse(0);
        return line.name() + ": now " + number(now) + ", at most " + number(most);
    }

    private void draw(Markup page, List<Sample> history, double top) {
        page.begin(
                "svg",
                "viewBox",
                "0 0 " + number(WIDTH) + " " + number(HEIGHT),
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                title);
        for (double y : new double[] {0, HEIGHT / 2, HEIGHT}) {
            String level = String.format(Locale.ROOT, "M0 %.0fH%.0f", y, WIDTH);
            page.begin("path", "class", "grid", "d", level).end();
        }
        for (Line line : lines) {
            String path = path(line, history, top);
            page.begin("path", "class", "line " + line.name(), "d", path).end();
        }
        page.end();
    }

    private static String path(Line line, List<Sample> history, double top) {
        Instant start = history.get(0).at();
        double length =
                Math.max(1, millis(start, history.get(history.size() - 1).at()));
        StringBuilder path = new StringBuilder();
        for (Sample sample : history) {
            double x = millis(start, sample.at()) / length * WIDTH;
            double y = HEIGHT - line.value().applyAsDouble(sample) / top * HEIGHT;
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
        }
        return path.toString();
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    /** The least round number that all values fit under. */
    private double top(List<Sample> history) {
        double most = history.stream()
                .flatMapToDouble(sample ->
                        lines.stream().mapToDouble(line -> line.value().applyAsDouble(sample)))
                .max()
                .orElse(0);
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1))));
        for (double round : ROUND) {
            if (most <= round * power) {
                return round * power;
            }
        }
        return most;
    }

    private static String ago(List<Sample> history) {
        return Amounts.time(Duration.between(
                        history.get(0).at(), history.get(history.size() - 1).at()))
                + " ago";
    }

    /** A whole one without a fraction. */
    private static String number(double number) {
        return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f" : "%.1f", number);
    }
}
