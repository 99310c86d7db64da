package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.load.IdleConnections;
import io.github.jettympm.bench.load.Percentile;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.machine.Machine;
import io.github.jettympm.bench.measure.Heap;
import io.github.jettympm.bench.measure.Memory;
import io.github.jettympm.bench.report.Numbers;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Placement;
import io.github.jettympm.bench.server.RunningServer;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subject;
import io.github.jettympm.bench.server.Subjects;
import io.github.jettympm.bench.server.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Idle kept-alive connections: what one costs, and how fast a request on one of them is answered. */
final class IdleRun {
    private static final String HELLO = "/bench/hello";
    private static final int MANY = 50_000;
    private static final int SAMPLES = 500;
    private static final int SPARE_FILES = 500;
    private static final int SETTLE_MILLIS = 1_000;

    private final Setup setup;
    private final Options options;
    private final boolean many;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Makes the run.
     *
     * @param many whether 50,000 have to fit into a heap of 256 MB, instead of 1,000 and 10,000 into the usual one
     */
    IdleRun(Setup setup, Options options, boolean many) {
        this.setup = setup;
        this.options = options;
        this.many = many;
    }

    Section section(String stamp) throws IOException, InterruptedException {
        if (many && Machine.openFiles() < MANY + SPARE_FILES) {
            notes.add("50,000 connections need `ulimit -n %d`, it is %d: as many as it allows were opened"
                    .formatted(MANY + SPARE_FILES, Machine.openFiles()));
        }
        for (String name : subjects()) {
            if (options.wantsSubject(name)) {
                measure(new Subjects().get(name));
            }
        }
        String name = many ? "idle50k" : "idle";
        String title = many ? "50,000 idle connections in a heap of 256 MB" : "Idle kept-alive connections";
        String text = """
                `--workload %s`: each connection has had a request or two and is then left alone, on a server of \
                its own for each row. Heap: reachable objects after a collection (`jcmd GC.class_histogram`), less \
                those before the first connection. Latency: %d requests one after the other, first on the only \
                connection of the server, then spread over the idle ones. One measurement, not rounds. %s.""";
        List<String> header = List.of(
                "",
                "connections",
                "requests each",
                "heap bytes each",
                "PSS MB",
                "PSS KB each",
                "threads",
                "p50 ms alone",
                "p99 ms alone",
                "p50 ms",
                "p99 ms");
        return new Section(name, title, List.of(text.formatted(name, SAMPLES, stamp)), header, rows, notes, Map.of());
    }

    private List<String> subjects() {
        return many
                ? List.of("stock", "event", "tomcat", "undertow", "nginx")
                : List.of("stock", "event", "worker", "tomcat", "undertow", "helidon", "nginx");
    }

    private List<Step> steps() throws IOException {
        int most = (int) Math.min(MANY, Machine.openFiles() - SPARE_FILES);
        if (options.has("quick")) {
            return List.of(new Step(200, 1), new Step(200, 2));
        }
        return many
                ? List.of(new Step(most, 1))
                : List.of(new Step(1_000, 1), new Step(1_000, 2), new Step(Math.min(10_000, most), 1));
    }

    private void measure(Subject subject) throws IOException, InterruptedException {
        Placement placement = Placement.of(many ? Variant.SMALL_HEAP : Variant.PLAIN, setup.jdk());
        Optional<String> reason = subject.missing(setup, placement);
        if (reason.isPresent()) {
            notes.add("Left out: %s: %s".formatted(subject.name(), reason.get()));
            return;
        }
        for (Step step : steps()) {
            System.out.println("idle " + subject.name() + " " + step.connections());
            try (RunningServer server = subject.launch(setup, placement)) {
                server.awaitReady();
                fill(subject.name(), server, step);
            } catch (IOException | IllegalStateException e) {
                notes.add("**Failed:** %s with %,d connections: %s"
                        .formatted(subject.name(), step.connections(), firstLine(e)));
            }
        }
    }

    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    private void fill(String name, RunningServer server, Step step) throws IOException, InterruptedException {
        Wrk.keep(HELLO, 1, Payload.hello().length).warmUp(server.target(), options.warmUp() / 4);
        long[] alone = alone(server);
        Reading before = Reading.of(server);
        try (IdleConnections idle = new IdleConnections(server.target(), false)) {
            idle.open(step.connections());
            for (int request = 1; request < step.requests(); request++) {
                idle.ask(step.connections());
            }
            Thread.sleep(SETTLE_MILLIS);
            Reading now = Reading.of(server);
            rows.add(row(name, step, before, now, alone, idle.ask(Math.min(step.connections(), SAMPLES))));
        }
    }

    /** How many connections, and how many requests each has had before it is left alone. */
    private record Step(int connections, int requests) {}

    private long[] alone(RunningServer server) throws IOException {
        try (IdleConnections one = new IdleConnections(server.target(), false)) {
            one.open(1);
            return one.ask(SAMPLES);
        }
    }

    private static List<String> row(String name, Step step, Reading before, Reading now, long[] alone, long[] idle) {
        double memory = now.memory.proportional() - before.memory.proportional();
        return List.of(
                name,
                "%,d".formatted(step.connections()),
                Integer.toString(step.requests()),
                now.heap < 0 ? "-" : Numbers.of((double) (now.heap - before.heap) / step.connections()),
                Numbers.megabytes(now.memory.proportional()),
                Numbers.of(memory / 1024 / step.connections()),
                Integer.toString(now.threads),
                millis(alone, 50),
                millis(alone, 99),
                millis(idle, 50),
                millis(idle, 99));
    }

    private static String millis(long[] micros, double percent) {
        return Numbers.of(Percentile.of(micros, percent) / 1_000.0);
    }

    /** A server at a moment. */
    private record Reading(long heap, Memory memory, int threads) {
        static Reading of(RunningServer server) throws IOException, InterruptedException {
            long heap = server.isJava() ? Heap.live(server.jdk(), server.pid()) : -1;
            return new Reading(
                    heap, server.tree().memory(), server.tree().usage().threads());
        }
    }
}
