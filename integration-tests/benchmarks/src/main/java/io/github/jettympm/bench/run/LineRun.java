package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.load.LoadResult;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.machine.Tools;
import io.github.jettympm.bench.report.LineChart;
import io.github.jettympm.bench.report.Numbers;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Placement;
import io.github.jettympm.bench.server.RunningServer;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subjects;
import io.github.jettympm.bench.server.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests beyond the children of prefork wait in line; those of worker and of the stock connector do not. */
final class LineRun {
    private static final int CHILDREN = 2;
    private static final int SLEEP_MILLIS = 50;
    private static final int[] CLIENTS = {1, 2, 4, 8, 16};

    private final Setup setup;
    private final Options options;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<LineChart.Line> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    LineRun(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    Section section(String stamp) throws IOException, InterruptedException {
        if (Tools.missing("wrk").isPresent()) {
            notes.add("Left out: " + Tools.missing("wrk").get());
        } else {
            for (String name : List.of("stock", "event", "worker", "prefork")) {
                measure(name);
            }
        }
        var header = new ArrayList<>(List.of("p50 ms"));
        for (int clients : CLIENTS) {
            header.add(clients + " at once");
        }
        String text = """
                `--workload line`: a servlet that sleeps %d ms, a new connection for each request, prefork with %d \
                children. What a child does not take waits in the queue of the listening socket. One measurement \
                of %d s each. %s.""";
        String chart = new LineChart("Half of the requests are answered within, ms", "clients at once", lines).svg();
        return new Section(
                "line",
                "Requests beyond the children wait in line",
                List.of(text.formatted(SLEEP_MILLIS, CHILDREN, options.seconds(), stamp)),
                header,
                rows,
                notes,
                rows.isEmpty() ? Map.of() : Map.of("line.svg", chart));
    }

    private void measure(String name) throws IOException, InterruptedException {
        if (!options.wantsSubject(name)) {
            return;
        }
        var row = new ArrayList<>(List.of(name));
        var points = new ArrayList<LineChart.Point>();
        Placement placement = new Placement(Variant.PLAIN, "", setup.jdk(), CHILDREN);
        try (RunningServer server = new Subjects().get(name).launch(setup, placement)) {
            server.awaitReady();
            for (int clients : CLIENTS) {
                LoadResult result = new Wrk(
                                "/bench/sleep?ms=" + SLEEP_MILLIS, clients, Wrk.Mode.CLOSE, Payload.hello().length)
                        .run(server.target(), options.seconds());
                row.add(result.isRight() ? Numbers.of(result.p50()) : "-");
                if (result.isRight()) {
                    points.add(new LineChart.Point(clients, result.p50()));
                } else {
                    notes.add("**Thrown out:** %s with %d clients: %s".formatted(name, clients, result.wrong()));
                }
            }
        }
        System.out.println("line " + row);
        rows.add(row);
        lines.add(new LineChart.Line(name, points));
    }
}
