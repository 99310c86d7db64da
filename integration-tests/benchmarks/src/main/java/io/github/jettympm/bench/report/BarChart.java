package io.github.jettympm.bench.report;

import java.util.List;

/** Horizontal bars with their values, each with a line from its minimum to its maximum. */
public record BarChart(String title, String unit, List<Bar> bars) {
    private static final int WIDTH = 640;
    private static final int LEFT = 150;
    private static final int RIGHT = 90;
    private static final int TOP = 30;
    private static final int STEP = 20;
    private static final int THICKNESS = 10;

    /** One server. */
    public record Bar(String label, double value, double min, double max) {}

    /** As SVG. */
    public String svg() {
        var svg = new Svg(WIDTH, TOP + bars.size() * STEP + 10);
        svg.text(0, 14, "start", "title", title + (unit.isEmpty() ? "" : ", " + unit));
        double largest = bars.stream().mapToDouble(Bar::max).max().orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / Math.max(largest, Double.MIN_NORMAL);
        double y = TOP;
        for (Bar bar : bars) {
            svg.text(LEFT - 6.0, y + THICKNESS, "end", "", bar.label());
            svg.bar(LEFT, y, bar.value() * scale, THICKNESS, Svg.style(bar.label()));
            double middle = y + THICKNESS / 2.0;
            svg.line(LEFT + bar.min() * scale, middle, LEFT + bar.max() * scale, middle, "rule");
            svg.text(LEFT + bar.max() * scale + 5, y + THICKNESS, "start", "", Numbers.of(bar.value()));
            y += STEP;
        }
        svg.line(LEFT, TOP - 4.0, LEFT, y, "rule");
        return svg.end();
    }
}
