package io.github.jettympm.bench.report;

/** Text of an SVG that is readable on a light and on a dark page. */
final class Svg {
    /** A grey that has contrast with white and with black; two colours that do as well. */
    private static final String STYLE = "<style>text{font:12px sans-serif;fill:#777}"
            + ".ours{fill:#2a8f6d;stroke:#2a8f6d}.other{fill:#8a8f98;stroke:#8a8f98}"
            + ".base{fill:#c07a2c;stroke:#c07a2c}.rule{stroke:#777;stroke-width:.5;opacity:.5}"
            + ".line{fill:none;stroke-width:1.5}.title{font-weight:bold}</style>";

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                        + "width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\">".formatted(width, height))
                .append(STYLE)
                .append('\n');
    }

    void text(double x, double y, String anchor, String style, String content) {
        text.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n"
                .formatted(x, y, anchor, style, escape(content)));
    }

    void bar(double x, double y, double width, double height, String style) {
        text.append("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\" stroke=\"none\"/>\n"
                .formatted(x, y, width, height, style));
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        text.append("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n"
                .formatted(x1, y1, x2, y2, style));
    }

    void dot(double x, double y, String style) {
        text.append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" class=\"%s\"/>\n".formatted(x, y, style));
    }

    void path(String points, String style) {
        text.append("<polyline points=\"%s\" class=\"line %s\" style=\"fill:none\"/>\n".formatted(points, style));
    }

    /** Our connectors stand out, and so does what they are compared with. */
    static String style(String subject) {
        if (subject.contains("stock")) {
            return "base";
        }
        boolean ours = subject.matches("(core )?(event|worker|prefork).*");
        return ours ? "ours" : "other";
    }

    private static String escape(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String end() {
        return text + "</svg>\n";
    }
}
