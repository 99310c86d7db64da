package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.load.IdleConnections;
import io.github.jettympm.bench.load.LoadResult;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.machine.Tools;
import io.github.jettympm.bench.measure.Memory;
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

/** Prefork by the number of children, beside worker with as many connections, and a stock server. */
final class ChildrenRun {
    private static final String HELLO = "/bench/hello";
    private static final int HELLO_BYTES = Payload.hello().length;

    private final Setup setup;
    private final Options options;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<LineChart.Point> preforkMemory = new ArrayList<>();
    private final List<LineChart.Point> workerMemory = new ArrayList<>();

    ChildrenRun(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    Section section(String stamp) throws IOException, InterruptedException {
        if (Tools.missing("wrk").isPresent()) {
            notes.add("Left out: " + Tools.missing("wrk").get());
        } else {
            measure();
        }
        String title = "Prefork by the number of children";
        String text = """
                `--workload children`: as many kept-alive connections as children; worker with as many connections, \
                and a stock server, beside it. Ready: from the start of the server until every child answers on a connection of its \
                own at once. Memory: of parent and children, after the \
                load. All have the options of the virtual machine that they have when nobody sets any. One measurement of %d s each, not rounds. %s.""";
        List<String> header = List.of("", "children", "connections", "requests/s", "RSS MB", "PSS MB", "ready s");
        String chart = new LineChart(
                        "Proportional memory (PSS), MB",
                        "children of prefork, connections of worker",
                        List.of(
                                new LineChart.Line("prefork", preforkMemory),
                                new LineChart.Line("worker", workerMemory)))
                .svg();
        return new Section(
                "children",
                title,
                List.of(text.formatted(options.seconds(), stamp)),
                header,
                rows,
                notes,
                rows.isEmpty() ? Map.of() : Map.of("children.svg", chart));
    }

    private void measure() throws IOException, InterruptedException {
        for (int children : options.has("quick") ? new int[] {1, 2} : new int[] {1, 2, 4, 8}) {
            prefork(children);
        }
        worker();
        stock();
    }

    /** Started through start.jar. */
    private void stock() throws IOException, InterruptedException {
        try (RunningServer server =
                new Subjects().get("stock").launch(setup, Placement.of(Variant.OWN_OPTIONS, setup.jdk()))) {
            double ready = server.awaitReady().toMillis() / 1e3;
            LoadResult result = load(server, 1);
            add("stock", "-", 1, result, server.tree().memory(), Numbers.of(ready));
        }
    }

    private void prefork(int children) throws IOException, InterruptedException {
        Placement placement = new Placement(Variant.OWN_OPTIONS, "", setup.jdk(), children);
        try (RunningServer server = new Subjects().get("prefork").launch(setup, placement)) {
            long begin = System.nanoTime();
            server.awaitReady();
            try (IdleConnections all = new IdleConnections(server.target(), false)) {
                all.open(children);
            }
            double ready = (System.nanoTime() - begin) / 1e9;
            LoadResult result = load(server, children);
            Memory memory = server.tree().memory();
            preforkMemory.add(point(children, memory));
            add("prefork", Integer.toString(children), children, result, memory, Numbers.of(ready));
        }
    }

    private void worker() throws IOException, InterruptedException {
        try (RunningServer server =
                new Subjects().get("worker").launch(setup, Placement.of(Variant.OWN_OPTIONS, setup.jdk()))) {
            server.awaitReady();
            for (int connections : options.has("quick") ? new int[] {1, 2} : new int[] {1, 2, 4, 8}) {
                LoadResult result = load(server, connections);
                Memory memory = server.tree().memory();
                workerMemory.add(point(connections, memory));
                add("worker", "-", connections, result, memory, "-");
            }
        }
    }

    private LoadResult load(RunningServer server, int connections) throws IOException, InterruptedException {
        Wrk wrk = Wrk.keep(HELLO, connections, HELLO_BYTES);
        wrk.warmUp(server.target(), options.warmUp() * connections / 2);
        return wrk.run(server.target(), options.seconds());
    }

    private void add(String name, String children, int connections, LoadResult result, Memory memory, String ready) {
        System.out.println("children " + name + " " + connections);
        if (!result.isRight()) {
            notes.add("**Thrown out:** %s with %d connections: %s".formatted(name, connections, result.wrong()));
        }
        rows.add(List.of(
                name,
                children,
                Integer.toString(connections),
                result.isRight() ? Numbers.of(result.rate()) : "-",
                Numbers.megabytes(memory.resident()),
                Numbers.megabytes(memory.proportional()),
                ready));
    }

    private static LineChart.Point point(int x, Memory memory) {
        return new LineChart.Point(x, memory.proportional() / 1024.0 / 1024.0);
    }
}
