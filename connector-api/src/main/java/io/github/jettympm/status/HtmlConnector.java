package io.github.jettympm.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of the page that is about one connector. */
final class HtmlConnector {
    private static final int KILO = 1024;

    private final ConnectorStatus connector;
    private final Instant now;
    private final boolean tables;

    /**
     * Makes the part.
     *
     * @param now when the status was read
     * @param tables false for paragraphs in their place
     */
    HtmlConnector(ConnectorStatus connector, Instant now, boolean tables) {
        this.connector = connector;
        this.now = now;
        this.tables = tables;
    }

    /** A row that is busy, and the process it belongs to. */
    private record BusyRow(ProcessStatus process, RequestStatus row) {}

    void write(Markup page) {
        page.element("h2", connector.model() + " at " + connector.address());
        page.element("p", description(), "class", "note");
        figures(page);
        page.begin("div", "class", "charts");
        new HtmlChart("Requests per second", new HtmlChart.Line("rate", Sample::requestsPerSecond))
                .write(page, connector.history());
        new HtmlChart("Threads", new HtmlChart.Line("busy", Sample::busy), new HtmlChart.Line("idle", Sample::idle))
                .write(page, connector.history());
        page.end();
        page.element("h3", "Scoreboard");
        page.element("pre", Letters.of(connector));
        processes(page);
        requests(page);
    }

    private String description() {
        String children = Sums.hasChildren(connector)
                ? ", generation " + connector.generation() + ", " + connector.slots() + " slots for child processes"
                : ", in the server's own process";
        String limit = connector.maxRequestWorkers() < 0
                ? ""
                : ", at most " + Amounts.count(connector.maxRequestWorkers()) + " requests at once";
        return connector.protocols() + children + limit;
    }

    private void figures(Markup page) {
        page.begin("dl");
        HtmlFigures figures = new HtmlFigures(page);
        String most = connector.listenQueueLimit() < 0
                ? "connections wait"
                : "of " + Amounts.count(connector.listenQueueLimit()) + " connections wait";
        figures.add("Listen queue", Amounts.count(connector.listenQueue()), most);
        figures.add("Slow requests", Amounts.count(connector.slowRequests()), "since the start");
        if (Sums.hasChildren(connector)) {
            figures.add("Limit reached", Amounts.count(connector.limitReached()), "times, while connections waited");
            figures.add("Crashes", sum(connector.crashes()), causes(connector.crashes()));
            figures.add("Replaced", sum(connector.recycles()), causes(connector.recycles()));
        }
        page.end();
    }

    private static String sum(Map<String, Long> causes) {
        return Amounts.count(causes.values().stream().mapToLong(Long::longValue).sum());
    }

    private static String causes(Map<String, Long> causes) {
        if (causes.isEmpty()) {
            return "child processes";
        }
        return new TreeMap<>(causes)
                .entrySet().stream()
                        .map(cause -> cause.getKey() + ": " + Amounts.count(cause.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private void processes(Markup page) {
        HtmlTable<ProcessStatus> table = new HtmlTable<ProcessStatus>("Processes")
                .number("Slot", process -> Integer.toString(process.slot()))
                .number("PID", process -> Long.toString(process.pid()))
                .text("State", this::state)
                .text("Age", process -> Amounts.time(age(process)))
                .number("Connections", process -> Amounts.count(process.connections()))
                .number("Open", process -> Amounts.count(process.openConnections()))
                .number("Waiting", process -> Amounts.count(process.waitingConnections()))
                .number("Requests", process -> Amounts.count(process.requests()))
                .number("Busy", process -> Amounts.count(process.busyThreads()))
                .number("Idle", process -> Amounts.count(process.idleThreads()))
                .number("CPU (s)", process -> Amounts.seconds(process.cpuUser().plus(process.cpuSystem())))
                .number("Resident", process -> Amounts.bytes(process.residentBytes()))
                .number("Heap after GC", process -> Amounts.bytes(process.heapAfterGcBytes()))
                .number("Metaspace", process -> Amounts.bytes(process.metaspaceBytes()));
        write(page, table, connector.processes());
    }

    private Duration age(ProcessStatus process) {
        Duration age = Duration.between(process.started(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private String state(ProcessStatus process) {
        String state = process.state().name().toLowerCase(Locale.ROOT);
        return process.generation() < connector.generation() ? state + " (old)" : state;
    }

    private void requests(Markup page) {
        List<BusyRow> busy = connector.processes().stream()
                .flatMap(process -> process.threads().stream()
                        .filter(row -> Letters.isBusy(process, row))
                        .map(row -> new BusyRow(process, row)))
                .toList();
        if (busy.isEmpty()) {
            page.element("h3", "Requests");
            page.element("p", "There is none now.", "class", "note");
            return;
        }
        HtmlTable<BusyRow> table = new HtmlTable<BusyRow>("Requests")
                .text(
                        "Slot-generation",
                        it -> it.process().slot() + "-" + it.process().generation())
                .number("PID", it -> Long.toString(it.process().pid()))
                .text("State", it -> String.valueOf(Letters.of(it.process(), it.row())))
                .number("For (s)", it -> Amounts.seconds(it.row().inActivity()))
                .number(
                        "Last took (ms)",
                        it -> Amounts.count(it.row().lastDuration().toMillis()))
                .number("Requests", it -> Amounts.count(it.row().requests()))
                .number("Sent (KB)", it -> Amounts.count(it.row().bytes() / KILO))
                .text("Client", it -> it.row().client())
                .longText("Request", it -> it.row().request());
        write(page, table, busy);
    }

    private <T> void write(Markup page, HtmlTable<T> table, List<T> rows) {
        if (tables) {
            table.write(page, rows);
        } else {
            table.writeWithoutTable(page, rows);
        }
    }
}
