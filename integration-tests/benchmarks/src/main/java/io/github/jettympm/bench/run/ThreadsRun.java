package io.github.jettympm.bench.run;

import io.github.jettympm.bench.load.IdleConnections;
import io.github.jettympm.bench.report.LineChart;
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

/** Threads by the number of idle connections: one each under worker, none under event, in clear text and over TLS. */
final class ThreadsRun {
    private static final int[] STEPS = {0, 50, 100, 200, 400};
    private static final int SETTLE_MILLIS = 500;

    private final Setup setup;
    private final Options options;
    private final List<LineChart.Line> lines = new ArrayList<>();

    ThreadsRun(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    Section section(String stamp) throws IOException, InterruptedException {
        for (String name : List.of("stock", "event", "worker")) {
            if (options.wantsSubject(name)) {
                measure(name);
            }
        }
        var header = new ArrayList<>(List.of(""));
        for (int step : STEPS) {
            header.add(step + " connections");
        }
        List<List<String>> rows = lines.stream().map(ThreadsRun::row).toList();
        String title = "Threads by idle kept-alive connections, clear text and TLS 1.3";
        String chart = new LineChart("Threads of the process", "idle kept-alive connections", lines).svg();
        String text = """
                `--workload threads`: all threads of the process, those of the JVM included. Under worker a \
                kept-alive connection holds a thread; under event it holds none, and TLS is no exception. One \
                measurement. %s.""";
        return new Section(
                "threads",
                title,
                List.of(text.formatted(stamp)),
                header,
                rows,
                List.of(),
                Map.of("threads.svg", chart));
    }

    private static List<String> row(LineChart.Line line) {
        var row = new ArrayList<>(List.of(line.label()));
        line.points().forEach(point -> row.add(Integer.toString((int) point.y())));
        return row;
    }

    private void measure(String name) throws IOException, InterruptedException {
        for (boolean tls : new boolean[] {false, true}) {
            Placement placement = Placement.of(Variant.TLS, setup.jdk());
            try (RunningServer server = new Subjects().get(name).launch(setup, placement)) {
                server.awaitReady();
                lines.add(new LineChart.Line(name + (tls ? " TLS" : ""), points(server, tls)));
            }
        }
    }

    private static List<LineChart.Point> points(RunningServer server, boolean tls)
            throws IOException, InterruptedException {
        var points = new ArrayList<LineChart.Point>();
        try (var idle = new IdleConnections(server.target(), tls)) {
            for (int step : STEPS) {
                idle.open(step);
                Thread.sleep(SETTLE_MILLIS);
                points.add(new LineChart.Point(step, server.tree().usage().threads()));
            }
        }
        return points;
    }
}
