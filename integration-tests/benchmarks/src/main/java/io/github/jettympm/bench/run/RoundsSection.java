package io.github.jettympm.bench.run;

import io.github.jettympm.bench.compare.Goal;
import io.github.jettympm.bench.compare.Goals;
import io.github.jettympm.bench.compare.Metric;
import io.github.jettympm.bench.compare.Rounds;
import io.github.jettympm.bench.compare.Sample;
import io.github.jettympm.bench.compare.Spread;
import io.github.jettympm.bench.report.BarChart;
import io.github.jettympm.bench.report.Numbers;
import io.github.jettympm.bench.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Writes what was found out in a workload as a section of the report. */
final class RoundsSection {
    private final Workload workload;
    private final Outcome outcome;
    private final Options options;
    private final String stamp;
    private final Rounds rounds;

    RoundsSection(Workload workload, Outcome outcome, Options options, String stamp) {
        this.workload = workload;
        this.outcome = outcome;
        this.options = options;
        this.stamp = stamp;
        this.rounds = outcome.rounds;
    }

    Section section() {
        List<List<String>> rows = outcome.measured.stream().map(this::row).toList();
        return new Section(workload.name(), workload.title(), paragraphs(), header(), rows, notes(), charts());
    }

    private List<String> paragraphs() {
        String how =
                workload.megabytes() > 0 ? options.large() + " requests a round" : options.seconds() + " s a round";
        return List.of("`--workload %s`: %d rounds, %s. %s. %s."
                .formatted(workload.name(), options.rounds(), how, stamp, noise()));
    }

    private String noise() {
        Optional<Spread> same = rounds.ratio(workload.again(), workload.baseline(), Metric.RATE);
        return same.map(spread -> "Noise: %s beside itself is %s in requests per second, %s in CPU per request"
                        .formatted(workload.baseline(), spread(spread), ratio(workload.again(), Metric.CPU)))
                .orElse("Noise: not measured");
    }

    private List<String> header() {
        var header = new ArrayList<>(
                List.of("", workload.megabytes() > 0 ? "MB/s" : "requests/s", "x " + workload.baseline()));
        header.addAll(
                workload.megabytes() > 0 ? List.of("s per request") : List.of("p50 ms", "p99 ms", "p99.9 ms", "p99 x"));
        header.addAll(List.of("CPU us/request", "CPU x", "RSS MB", "PSS MB", "threads", "switches/request"));
        if (workload.countsCalls()) {
            header.add("system calls/request");
        }
        return header;
    }

    private List<String> row(String name) {
        var row = new ArrayList<String>();
        row.add(name);
        double unit = Math.max(1, workload.megabytes());
        row.add(median(name, sample -> sample.load().rate() * unit));
        row.add(ratio(name, Metric.RATE));
        if (workload.megabytes() > 0) {
            row.add(median(name, sample -> sample.load().p50() / 1_000));
        } else {
            row.add(median(name, sample -> sample.load().p50()));
            row.add(median(name, sample -> sample.load().p99()));
            row.add(median(name, sample -> sample.load().p999()));
            row.add(ratio(name, Metric.P99));
        }
        row.add(median(name, Sample::cpuPerRequest));
        row.add(ratio(name, Metric.CPU));
        row.add(Numbers.megabytes(outcome.memory.get(name).resident()));
        row.add(Numbers.megabytes(outcome.memory.get(name).proportional()));
        row.add(median(name, sample -> sample.usage().threads()));
        row.add(switches(name));
        if (workload.countsCalls()) {
            row.add(Optional.ofNullable(outcome.callsPerRequest.get(name))
                    .map(Numbers::of)
                    .orElse("-"));
        }
        return row;
    }

    /** Left out where threads ended and took their count with them. */
    private String switches(String name) {
        return rounds.spread(name, Sample::switchesPerRequest)
                .filter(spread -> spread.min() >= 0)
                .map(spread -> Numbers.of(spread.median()))
                .orElse("-");
    }

    private String median(String name, ToDoubleFunction<Sample> value) {
        return rounds.spread(name, value)
                .map(spread -> Numbers.of(spread.median()))
                .orElse("-");
    }

    private String ratio(String name, Metric metric) {
        if (name.equals(workload.baseline())) {
            return "1";
        }
        return rounds.ratio(name, workload.baseline(), metric)
                .map(RoundsSection::spread)
                .orElse("-");
    }

    static String spread(Spread spread) {
        return "%.2f (%.2f-%.2f)".formatted(spread.median(), spread.min(), spread.max());
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        Goals.of(workload.name()).map(this::verdict).forEach(notes::add);
        outcome.thrownOut.forEach(text -> notes.add("**Thrown out:** " + text));
        outcome.leftOut.forEach((name, reason) -> notes.add("Left out: %s: %s".formatted(name, reason)));
        return notes;
    }

    private String verdict(Goal goal) {
        return "Goal: %s: %s"
                .formatted(goal.text(), verdictOf(goal).toString().toLowerCase().replace('_', ' '));
    }

    /** A goal beside what was measured. */
    Goal.Verdict verdictOf(Goal goal) {
        return goal.judge(ratioOf(goal), noiseOf(goal));
    }

    Optional<Spread> ratioOf(Goal goal) {
        return rounds.ratio(goal.subject(), goal.baseline(), goal.metric());
    }

    double noiseOf(Goal goal) {
        return rounds.noise(workload.again(), workload.baseline(), goal.metric())
                .orElse(0.0);
    }

    private Map<String, String> charts() {
        if (outcome.measured.isEmpty()) {
            return Map.of();
        }
        double unit = Math.max(1, workload.megabytes());
        List<BarChart.Bar> bars = outcome.measured.stream()
                .flatMap(name -> rounds
                        .spread(name, sample -> sample.load().rate() * unit)
                        .map(spread -> new BarChart.Bar(name, spread.median(), spread.min(), spread.max()))
                        .stream())
                .toList();
        String label = workload.megabytes() > 0 ? "MB/s" : "requests per second";
        return Map.of(workload.name() + ".svg", new BarChart(workload.title(), label, bars).svg());
    }
}
