package io.github.jettympm.bench.run;

import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.report.Report;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Payloads;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The benchmark: {@code bench.sh} builds what it needs and runs this. */
public final class Bench {
    /** Measured once, not in rounds. */
    private static final List<String> SPECIAL =
            List.of("idle", "idle50k", "threads", "children", "spawn", "line", "shared-sessions");

    private final Options options;
    private final Setup setup;
    private final Report report;

    private Bench(Options options, Setup setup, Report report) {
        this.options = options;
        this.setup = setup;
        this.report = report;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        try {
            Options options = Options.of(arguments);
            Setup setup = setup(options);
            List<String> order = order(setup, options);
            refuseUnknown(options, order);
            if (options.has("list")) {
                order.stream().skip(1).forEach(System.out::println);
                return;
            }
            Path file = Path.of(options.value("report", "target/report.md")).toAbsolutePath();
            new Bench(options, setup, new Report(file, order)).run(String.join(" ", commandLine(arguments)));
            if (!options.has("guard")) {
                System.out.println("Report: " + file);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench.sh: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Without what bench.sh itself adds. */
    private static List<String> commandLine(String... arguments) {
        var line = new ArrayList<>(List.of(arguments));
        for (String own : List.of("--project", "--home", "--report")) {
            int at = line.indexOf(own);
            if (at >= 0) {
                line.subList(at, at + 2).clear();
            }
        }
        return line;
    }

    private static Setup setup(Options options) throws IOException {
        Optional<Jdk> jdk = options.jdk() == 0 ? Optional.of(Jdk.own()) : Jdk.find(options.jdk());
        return new Setup(
                Path.of(options.value("project", "../..")).toRealPath(),
                Path.of("target").toAbsolutePath(),
                Path.of(options.value("home", "")).toAbsolutePath(),
                jdk.orElseThrow(() -> new IllegalArgumentException(
                        "--jdk %d: not found; set JAVA%1$d_HOME".formatted(options.jdk()))),
                Jdk.find(25));
    }

    private static List<String> order(Setup setup, Options options) {
        return Stream.concat(
                        Stream.concat(
                                Stream.of("run"),
                                Workloads.all(setup, options).stream().map(Workload::name)),
                        SPECIAL.stream())
                .toList();
    }

    private static void refuseUnknown(Options options, List<String> known) {
        for (String name : options.value("workload", "all").split(",")) {
            if (!name.equals("all") && !known.contains(name)) {
                throw new IllegalArgumentException("--workload %s: there are %s".formatted(name, known));
            }
        }
        String peers = options.value("peers", "all");
        if (!List.of("all", "main", "none").contains(peers)) {
            Subjects.requireKnown(List.of(peers.split(",")));
        }
    }

    private void run(String commandLine) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        new Payloads(setup).make();
        if (options.has("guard")) {
            new Guard(setup, options).run();
        } else {
            report.write(Header.section(setup, commandLine));
            rounds();
            special();
        }
        System.out.printf("Took %d s.%n", (System.nanoTime() - begin) / 1_000_000_000);
    }

    private void rounds() throws IOException, InterruptedException {
        List<Workload> wanted = Workloads.all(setup, options).stream()
                .filter(workload -> options.wants(workload.name()))
                .toList();
        Set<Workload.Place> places = new LinkedHashSet<>();
        wanted.forEach(workload -> places.add(workload.place()));
        for (Workload.Place place : places) {
            try (var fleet = new Fleet(setup, place)) {
                for (Workload workload : wanted) {
                    if (workload.place().equals(place)) {
                        measure(workload, fleet);
                    }
                }
            }
        }
    }

    private void measure(Workload workload, Fleet fleet) throws IOException, InterruptedException {
        Outcome outcome = new RoundsRun(workload, options, fleet).run();
        Jdk jdk = workload.place().jdk25() ? setup.jdk25().orElse(setup.jdk()) : setup.jdk();
        Section section = new RoundsSection(workload, outcome, options, Header.stamp(jdk)).section();
        report.write(section);
        section.notes().forEach(note -> System.out.println("  " + note));
    }

    private void special() throws IOException, InterruptedException {
        for (String name : SPECIAL) {
            if (options.wants(name)) {
                report.write(special(name, Header.stamp(setup.jdk())));
            }
        }
    }

    private Section special(String name, String stamp) throws IOException, InterruptedException {
        return switch (name) {
            case "idle" -> new IdleRun(setup, options, false).section(stamp);
            case "idle50k" -> new IdleRun(setup, options, true).section(stamp);
            case "threads" -> new ThreadsRun(setup, options).section(stamp);
            case "children" -> new ChildrenRun(setup, options).section(stamp);
            case "spawn" -> new SpawnRun(setup, options).section(Header.date());
            case "shared-sessions" -> new SharedSessionsRun(setup, options).section(stamp);
            case "line" -> new LineRun(setup, options).section(stamp);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
