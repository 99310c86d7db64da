package io.github.jettympm.bench.run;

import io.github.jettympm.bench.load.Percentile;
import io.github.jettympm.bench.machine.Machine;
import io.github.jettympm.bench.report.Numbers;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Placement;
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
     * @param many whether 50,000 have to fit into heaps of 256 MB, instead of 1,000 and 10,000 into the usual one
     */
    IdleRun(Setup setup, Options options, boolean many) {
        this.setup = setup;
        this.options = options;
        this.many = many;
    }

    Section section(String stamp) throws IOException, InterruptedException {
        for (String name : subjects()) {
            if (options.wantsSubject(name)) {
                measure(new Subjects().get(name));
            }
        }
        String name = many ? "idle50k" : "idle";
        String title = many ? "50,000 idle connections, heaps of 256 MB" : "Idle kept-alive connections";
        String text = """
                `--workload %s`: each connection has had a request or two and is then left alone, on a server of \
                its own for each row. Heap: reachable objects after a collection (`jcmd GC.class_histogram`), less \
                those before the first connections. Latency: %d requests one after the other, first on the only \
                connection of the server, then spread over the idle ones.%s One measurement, not rounds. %s.""";
        List<String> header = List.of(
                "",
                "processes",
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
        String limit = many ? limit() : "";
        return new Section(
                name, title, List.of(text.formatted(name, SAMPLES, limit, stamp)), header, rows, notes, Map.of());
    }

    private String limit() throws IOException {
        return perProcess() >= MANY
                ? ""
                : (" A process may open %,d files here: 50,000 connections are shared by %d servers of a kind, each with its heap and "
                                + "its port, or by as many processes of one connector, on one port. The clients are processes too.")
                        .formatted(Machine.openFiles(), parts(MANY));
    }

    private List<String> subjects() {
        return many
                ? List.of("stock", "event", "tomcat", "undertow", "nginx")
                : List.of("stock", "event", "worker", "tomcat", "undertow", "helidon", "nginx");
    }

    /**
     * A row.
     *
     * @param requests how many each connection has had before it is left alone
     * @param servers how many share the connections
     * @param processes of each of them
     */
    private record Step(int connections, int requests, int servers, int processes) {
        static Step of(int connections, int requests) {
            return new Step(connections, requests, 1, 1);
        }
    }

    private List<Step> steps(String subject) throws IOException {
        if (options.has("quick")) {
            return many
                    ? List.of(new Step(200, 1, 2, 1), new Step(200, 1, 1, subject.equals("event") ? 2 : 1))
                    : List.of(Step.of(200, 1), Step.of(200, 2));
        }
        if (!many) {
            return List.of(Step.of(1_000, 1), Step.of(1_000, 2), Step.of(Math.min(10_000, perProcess()), 1));
        }
        var steps = new ArrayList<Step>();
        steps.add(Step.of(Math.min(MANY, perProcess()), 1));
        int parts = parts(MANY);
        if (parts > 1) {
            steps.add(new Step(MANY, 1, parts, 1));
            if (subject.equals("event")) {
                steps.add(new Step(MANY, 1, 1, parts));
            }
        }
        return steps;
    }

    private static int perProcess() throws IOException {
        return (int) Math.min(MANY, Machine.openFiles() - SPARE_FILES);
    }

    private static int parts(int connections) throws IOException {
        return (connections + perProcess() - 1) / perProcess();
    }

    private void measure(Subject subject) throws IOException, InterruptedException {
        Variant variant = many ? Variant.SMALL_HEAP : Variant.PLAIN;
        Optional<String> reason = subject.missing(setup, Placement.of(variant, setup.jdk()));
        if (reason.isPresent()) {
            notes.add("Left out: %s: %s".formatted(subject.name(), reason.get()));
            return;
        }
        for (Step step : steps(subject.name())) {
            System.out.println("idle " + subject.name() + " " + step);
            Placement placement = new Placement(variant, "", setup.jdk(), step.processes());
            int clients = Math.max(step.servers(), step.processes());
            try (var group = new IdleGroup(setup, subject, placement, step.servers(), clients)) {
                fill(subject.name(), group, step);
            } catch (IOException | IllegalStateException e) {
                notes.add("**Failed:** %s with %,d connections, %d servers of %d processes: %s"
                        .formatted(subject.name(), step.connections(), step.servers(), step.processes(), firstLine(e)));
            }
        }
    }

    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    private void fill(String name, IdleGroup group, Step step) throws IOException, InterruptedException {
        group.warmUp(options.warmUp() / 4);
        long[] alone = group.alone(SAMPLES);
        IdleGroup.Reading before = group.read();
        group.open(step.connections());
        for (int request = 1; request < step.requests(); request++) {
            group.ask(step.connections());
        }
        Thread.sleep(SETTLE_MILLIS);
        IdleGroup.Reading now = group.read();
        rows.add(row(name, step, before, now, alone, group.ask(Math.min(step.connections(), SAMPLES))));
    }

    private static List<String> row(
            String name, Step step, IdleGroup.Reading before, IdleGroup.Reading now, long[] alone, long[] idle) {
        double memory = now.proportional() - before.proportional();
        return List.of(
                name,
                Integer.toString(now.processes()),
                "%,d".formatted(step.connections()),
                Integer.toString(step.requests()),
                now.heap() < 0 ? "-" : Numbers.of((double) (now.heap() - before.heap()) / step.connections()),
                Numbers.megabytes(now.proportional()),
                Numbers.of(memory / 1024 / step.connections()),
                Integer.toString(now.threads()),
                millis(alone, 50),
                millis(alone, 99),
                millis(idle, 50),
                millis(idle, 99));
    }

    private static String millis(long[] micros, double percent) {
        return Numbers.of(Percentile.of(micros, percent) / 1_000.0);
    }
}
