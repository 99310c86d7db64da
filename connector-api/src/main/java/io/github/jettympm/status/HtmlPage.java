package io.github.jettympm.status;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/** A status as a page for people, without a script and with nothing from elsewhere. */
final class HtmlPage implements Rendering {
    private static final String LEGEND =
            "_ waiting for a connection;S starting up;R reading the request;W sending the reply;K keep-alive;"
                    + "G gracefully finishing;. open slot with no process";

    private final boolean tables;

    /** @param tables false for paragraphs in their place */
    HtmlPage(boolean tables) {
        this.tables = tables;
    }

    @Override
    public String contentType() {
        return "text/html; charset=utf-8";
    }

    @Override
    public Charset charset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public String render(Status status) {
        Markup page = new Markup("<!DOCTYPE html>\n<html lang=\"en\">\n");
        page.begin("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.element("title", "Status of " + status.host());
        page.style(PageStyle.CSS).end();
        page.begin("body");
        page.element("h1", "Status of " + status.host());
        page.element("p", status.version() + ", " + Amounts.moment(status.now()), "class", "note");
        summary(page, status);
        for (ConnectorStatus connector : status.connectors()) {
            new HtmlConnector(connector, status.now(), tables).write(page);
        }
        footer(page);
        return page.end() + "</html>\n";
    }

    private static void summary(Markup page, Status status) {
        Sums sums = Sums.of(status);
        Served served = sums.served();
        double uptime = Math.max(1, status.uptime().toSeconds());
        page.begin("dl");
        HtmlFigures figures = new HtmlFigures(page);
        figures.add("Busy", Amounts.count(sums.busy()), Amounts.count(sums.idle()) + " idle");
        figures.add(
                "Requests",
                Amounts.count(served.requests()),
                Amounts.number(served.requests() / uptime) + " per second since the start");
        figures.add("Time of a request", Amounts.number(sums.millisPerRequest()) + " ms", "on average");
        figures.add(
                "Sent", Amounts.bytes(served.bytes()), Amounts.bytes((long) (served.bytes() / uptime)) + " per second");
        figures.add(
                "Connections",
                Amounts.count(sums.openConnections()),
                Amounts.count(sums.waitingConnections()) + " of them without a request");
        figures.add(
                "Processes", Amounts.count(sums.living()), Amounts.count(sums.graceful()) + " busy in those that end");
        if (status.storedSessions() >= 0) {
            figures.add("Sessions", Amounts.count(status.storedSessions()), "in the shared store");
        }
        machine(figures, status, sums);
        page.end();
    }

    private static void machine(HtmlFigures figures, Status status, Sums sums) {
        figures.add("Up", Amounts.time(status.uptime()), "since " + Amounts.moment(status.started()));
        if (!status.loads().isEmpty()) {
            figures.add(
                    "Load",
                    Amounts.number(status.loads().get(0)),
                    status.loads().stream().skip(1).map(Amounts::number).collect(Collectors.joining(", "))
                            + " over 5 and 15 min");
        }
        Duration server = status.cpuUser().plus(status.cpuSystem());
        Duration children = sums.childrenUser().plus(sums.childrenSystem());
        figures.add(
                "Processor time", Amounts.time(server.plus(children)), Amounts.time(children) + " of it in children");
    }

    private static void footer(Markup page) {
        page.begin("footer").begin("ul", "class", "legend");
        for (String entry : LEGEND.split(";")) {
            page.begin("li").element("code", entry.substring(0, 1));
            page.text(entry.substring(1)).end();
        }
        page.end();
        page.begin("p").text("The same for machines: ");
        link(page, "?auto", "text as httpd gives it");
        link(page, "?json", "JSON");
        link(page, "?openmetrics", "OpenMetrics");
        page.text("For people: ");
        link(page, "?refresh=5", "again every 5 s");
        link(page, "?notable", "without tables");
        page.end().end();
    }

    private static void link(Markup page, String query, String text) {
        page.element("a", text, "href", query);
        page.text(" ");
    }
}
