package io.github.jettympm.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Lines over a few points, each named at its end. */
public record LineChart(String title, String horizontal, List<Line> lines) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 260;
    private static final int LEFT = 60;
    private static final int RIGHT = 130;
    private static final int TOP = 30;
    private static final int BOTTOM = 40;
    private static final int LABEL_HEIGHT = 13;

    /** A value at a place. */
    public record Point(double x, double y) {}

    /** One server. */
    public record Line(String label, List<Point> points) {}

    /** As SVG. */
    public String svg() {
        var svg = new Svg(WIDTH, HEIGHT);
        svg.text(0, 14, "start", "title", title);
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4.0, "middle", "", horizontal);
        svg.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "rule");
        svg.text(LEFT - 6.0, y(0), "end", "", "0");
        svg.text(LEFT - 6.0, TOP + 4.0, "end", "", Numbers.of(largest(false)));
        lines.stream()
                .flatMap(line -> line.points().stream())
                .map(Point::x)
                .distinct()
                .forEach(x -> svg.text(x(x), HEIGHT - BOTTOM + 15.0, "middle", "", Numbers.of(x)));
        draw(svg);
        return svg.end();
    }

    private void draw(Svg svg) {
        List<Line> byHeight = lines.stream()
                .filter(line -> !line.points().isEmpty())
                .sorted((a, b) -> Double.compare(last(b).y(), last(a).y()))
                .toList();
        double free = 0;
        for (Line line : byHeight) {
            String style = Svg.style(line.label());
            svg.path(
                    line.points().stream()
                            .map(point -> "%.1f,%.1f".formatted(x(point.x()), y(point.y())))
                            .collect(Collectors.joining(" ")),
                    style);
            line.points().forEach(point -> svg.dot(x(point.x()), y(point.y()), style));
            free = Math.max(free, y(last(line).y()) + 4);
            svg.text(x(last(line).x()) + 8, free, "start", "", line.label());
            free += LABEL_HEIGHT;
        }
    }

    private static Point last(Line line) {
        return line.points().get(line.points().size() - 1);
    }

    private double largest(boolean horizontally) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> horizontally ? point.x() : point.y())
                .max()
                .orElse(1);
    }

    private double x(double value) {
        return LEFT + value / Math.max(largest(true), Double.MIN_NORMAL) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / Math.max(largest(false), Double.MIN_NORMAL) * (HEIGHT - BOTTOM - TOP);
    }
}
