package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.compare.Spread;
import io.github.jettympm.bench.load.IdleConnections;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.machine.Tools;
import io.github.jettympm.bench.measure.ProcessTree;
import io.github.jettympm.bench.report.Numbers;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Placement;
import io.github.jettympm.bench.server.RunningServer;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subjects;
import io.github.jettympm.bench.server.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What a further child of prefork takes, in time and in memory, beside a whole server of Jetty with the same WAR. */
final class SpawnRun {
    private static final String HELLO = "/bench/hello";
    private static final int HELLO_BYTES = Payload.hello().length;
    private static final int CHILDREN = 4;
    private static final int POLL_MILLIS = 2;
    private static final int IDLE_SECONDS = 15;

    /** How much of a whole server a child may take at most. */
    private static final double GOAL = 0.5;

    private final Setup setup;
    private final Options options;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    SpawnRun(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    /** Figures of one of the two. Seconds, and bytes of proportional memory. */
    private record Taken(double ready, double idle, double loaded) {}

    Section section(String date) throws IOException, InterruptedException {
        if (Tools.missing("wrk").isPresent()) {
            notes.add("Left out: " + Tools.missing("wrk").get());
        } else {
            Set<Jdk> jdks = new LinkedHashSet<>(List.of(setup.jdk()));
            setup.jdk25().ifPresent(jdks::add);
            for (Jdk jdk : jdks) {
                measure(jdk);
            }
        }
        String text = """
                `--workload spawn`: a child of prefork that is not the first, beside the stock connector's whole server with the same WAR. \
                Both have the options of the virtual machine that they have when nobody sets any. Ready: from the start of the process \
                until it answers its first request; the server is started through `start.jar`, the child takes the place of one that was \
                killed (medians of %d). Memory is the proportional one (PSS) of one process: idle %d s after its first request, and after \
                %,d requests on a connection, of the second to the fourth of %d children. %s.""";
        return new Section(
                "spawn",
                "A further child beside a whole server",
                List.of(text.formatted(options.rounds(), IDLE_SECONDS, requests(), CHILDREN, date)),
                List.of("", "JDK", "ready s", "PSS MB, idle", "PSS MB, after load"),
                rows,
                notes,
                Map.of());
    }

    private int requests() {
        return options.warmUp() / CHILDREN;
    }

    private void measure(Jdk jdk) throws IOException, InterruptedException {
        Taken server = server(jdk);
        Taken child = child(jdk);
        add("stock", jdk, server);
        add("further child", jdk, child);
        judge("time from spawn to ready", jdk, child.ready() / server.ready());
        judge("idle memory", jdk, child.idle() / server.idle());
        judge("memory after load", jdk, child.loaded() / server.loaded());
    }

    private Taken server(Jdk jdk) throws IOException, InterruptedException {
        var ready = new ArrayList<Double>();
        var idle = new ArrayList<Double>();
        var loaded = new ArrayList<Double>();
        for (int i = 0; i < options.rounds(); i++) {
            try (RunningServer server =
                    new Subjects().get("stock").launch(setup, Placement.of(Variant.OWN_OPTIONS, jdk))) {
                ready.add(seconds(server.awaitReady()));
                Thread.sleep(IDLE_SECONDS * 1000L);
                idle.add((double) server.tree().memory().proportional());
                Wrk.keep(HELLO, 1, HELLO_BYTES).warmUp(server.target(), requests());
                loaded.add((double) server.tree().memory().proportional());
            }
        }
        return new Taken(median(ready), median(idle), median(loaded));
    }

    private Taken child(Jdk jdk) throws IOException, InterruptedException {
        double ready = spawnToReady(jdk);
        try (RunningServer server =
                new Subjects().get("prefork").launch(setup, new Placement(Variant.OWN_OPTIONS, "", jdk, CHILDREN))) {
            server.awaitReady();
            try (IdleConnections all = new IdleConnections(server.target(), false)) {
                all.open(CHILDREN);
            }
            Thread.sleep(IDLE_SECONDS * 1000L);
            double idle = median(memoryOfFurther(server));
            Wrk.keep(HELLO, CHILDREN, HELLO_BYTES).warmUp(server.target(), requests() * CHILDREN);
            return new Taken(ready, idle, median(memoryOfFurther(server)));
        }
    }

    private double spawnToReady(Jdk jdk) throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        try (RunningServer server =
                new Subjects().get("prefork").launch(setup, new Placement(Variant.OWN_OPTIONS, "", jdk, 1))) {
            server.awaitReady();
            await(server, () -> server.lastWords().contains("class-data archive for the next children"));
            for (int i = 0; i < options.rounds(); i++) {
                ProcessHandle old = onlyChild(server);
                awaitReported(server, old);
                old.destroyForcibly();
                old.onExit().join();
                ProcessHandle child = next(server);
                server.awaitReady();
                seconds.add(ProcessTree.age(child.pid()));
            }
        }
        return median(seconds);
    }

    /** A child answers a little before its parent sees that it is ready. */
    private static void awaitReported(RunningServer server, ProcessHandle child) throws InterruptedException {
        String ready = "child %d (slot 0) ready".formatted(child.pid());
        await(server, () -> server.lastWords().contains(ready));
    }

    private static void await(RunningServer server, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (ProcessHandle.of(server.pid()).isEmpty()) {
                throw new IllegalStateException("the server has ended: " + server.lastWords());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static ProcessHandle onlyChild(RunningServer server) {
        return children(server).get(0);
    }

    private static ProcessHandle next(RunningServer server) throws InterruptedException {
        await(server, () -> !children(server).isEmpty());
        return onlyChild(server);
    }

    /** All but the first, which starts without the archive that the others have. */
    private static List<Double> memoryOfFurther(RunningServer server) throws IOException {
        var memory = new ArrayList<Double>();
        for (ProcessHandle child : children(server).subList(1, CHILDREN)) {
            memory.add((double) ProcessTree.memory(child.pid()).proportional());
        }
        return memory;
    }

    /** In the order of their start, without the process that makes the archive of their classes. */
    private static List<ProcessHandle> children(RunningServer server) {
        return ProcessHandle.of(server.pid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(SpawnRun::isChild)
                .sorted(Comparator.comparing(SpawnRun::startOf).thenComparing(ProcessHandle::pid))
                .toList();
    }

    private static boolean isChild(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains("-Dmpm.slot=");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.MAX);
    }

    private void add(String name, Jdk jdk, Taken taken) {
        System.out.printf("spawn %s, JDK %s: %.2f s%n", name, jdk.version(), taken.ready());
        rows.add(List.of(
                name,
                jdk.version(),
                Numbers.of(taken.ready()),
                Numbers.megabytes(taken.idle()),
                Numbers.megabytes(taken.loaded())));
    }

    private void judge(String what, Jdk jdk, double ratio) {
        notes.add("Goal: %s of a further child is at most %s of the server's, JDK %s. It is %s: %s."
                .formatted(
                        what, Numbers.of(GOAL), jdk.major(), Numbers.of(ratio), ratio <= GOAL ? "met" : "**missed**"));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static double median(List<Double> values) {
        return Spread.of(values).median();
    }
}
