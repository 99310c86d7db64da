package io.github.jettympm.bench.run;

import io.github.jettympm.bench.compare.Goal;
import io.github.jettympm.bench.compare.Goals;
import io.github.jettympm.bench.compare.Metric;
import io.github.jettympm.bench.compare.Rounds;
import io.github.jettympm.bench.compare.Spread;
import io.github.jettympm.bench.server.Setup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The quick form: 1 and 64 connections, our connectors beside the stock one, and which goals are met. */
final class Guard {
    private static final List<String> SUBJECTS = List.of("stock", "stock again", "event", "worker", "prefork");

    private final Setup setup;
    private final Options options;
    private int passed;
    private int failed;

    Guard(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    void run() throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        for (List<String> names : List.of(List.of("one"), List.of("c64", "new"))) {
            List<Workload> workloads = Workloads.all(setup, options).stream()
                    .filter(workload -> names.contains(workload.name()))
                    .map(Guard::reduced)
                    .toList();
            try (var fleet = new Fleet(setup, workloads.get(0).place())) {
                for (Workload workload : workloads) {
                    Outcome outcome = new RoundsRun(workload, options, fleet).run();
                    lines.addAll(judge(workload, outcome));
                }
            }
        }
        System.out.println();
        lines.forEach(System.out::println);
        System.out.printf("%d passed, %d failed%n", passed, failed);
    }

    /** A new connection for each request is what 64 clients of prefork need; the others are measured kept alive. */
    private static Workload reduced(Workload workload) {
        List<String> subjects = SUBJECTS.stream()
                .filter(workload.subjects()::contains)
                .filter(name -> !workload.name().equals("new") || name.contains("stock") || name.equals("prefork"))
                .toList();
        return new Workload(
                workload.name(),
                workload.title(),
                workload.place(),
                workload.load(),
                workload.baseline(),
                subjects,
                workload.megabytes(),
                false);
    }

    private List<String> judge(Workload workload, Outcome outcome) {
        var lines = new ArrayList<String>();
        lines.add(workload.title());
        Rounds rounds = outcome.rounds;
        for (Metric metric : Metric.values()) {
            for (String name :
                    workload.subjects().subList(1, workload.subjects().size())) {
                lines.add("  %-12s %-20s %s".formatted(name, metric.label(), ratio(rounds, name, workload, metric)));
            }
        }
        var section = new RoundsSection(workload, outcome, options, "");
        Goals.of(workload.name()).forEach(goal -> lines.add("  " + count(goal, section)));
        outcome.thrownOut.forEach(text -> lines.add("  THROWN OUT: " + text));
        outcome.leftOut.forEach((name, reason) -> lines.add("  left out: " + name + ": " + reason));
        return lines;
    }

    private static String ratio(Rounds rounds, String name, Workload workload, Metric metric) {
        Optional<Spread> ratio = rounds.ratio(name, workload.baseline(), metric);
        return ratio.map(spread -> RoundsSection.spread(spread) + " x " + workload.baseline())
                .orElse("not measured");
    }

    /** What was not measured has not passed. */
    private String count(Goal goal, RoundsSection section) {
        Goal.Verdict verdict = section.verdictOf(goal);
        boolean good = verdict == Goal.Verdict.PASSED || verdict == Goal.Verdict.WITHIN_NOISE;
        passed += good ? 1 : 0;
        failed += good ? 0 : 1;
        return "%s %s (%s, noise %.0f %%)"
                .formatted(
                        verdict == Goal.Verdict.WITHIN_NOISE ? "ok within noise:" : good ? "ok:" : "FAIL:",
                        goal.text(),
                        section.ratioOf(goal).map(RoundsSection::spread).orElse("not measured"),
                        section.noiseOf(goal) * 100);
    }
}
