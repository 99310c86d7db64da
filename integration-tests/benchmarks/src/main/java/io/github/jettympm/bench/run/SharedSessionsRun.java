package io.github.jettympm.bench.run;

import io.github.jettympm.bench.app.Payload;
import io.github.jettympm.bench.compare.Spread;
import io.github.jettympm.bench.load.LoadResult;
import io.github.jettympm.bench.load.Wrk;
import io.github.jettympm.bench.machine.Tools;
import io.github.jettympm.bench.report.Numbers;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Placement;
import io.github.jettympm.bench.server.RunningServer;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subjects;
import io.github.jettympm.bench.server.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a session costs that the children of prefork share, beside the same request without one. */
final class SharedSessionsRun {
    private static final int CHILDREN = 2;
    private static final int DIGITS = Payload.COUNTER_DIGITS;

    /** Milliseconds that a request may take longer when it reads and writes its session. */
    private static final double GOAL = 1.5;

    private static final String WITHOUT = "no session";
    private static final String WRITTEN = "session read and written";

    private final Setup setup;
    private final Options options;
    private final Map<String, Wrk> loads = new LinkedHashMap<>();
    private final Map<String, List<LoadResult>> results = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    SharedSessionsRun(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
        loads.put(WITHOUT, Wrk.keep("/bench/hello", CHILDREN, Payload.hello().length));
        loads.put("session read", new Wrk("/bench/session?read", CHILDREN, Wrk.Mode.SESSION, DIGITS));
        loads.put(WRITTEN, new Wrk("/bench/session", CHILDREN, Wrk.Mode.SESSION, DIGITS));
        loads.keySet().forEach(name -> results.put(name, new ArrayList<>()));
    }

    Section section(String stamp) throws IOException, InterruptedException {
        if (Tools.missing("wrk").isPresent()) {
            notes.add("Left out: " + Tools.missing("wrk").get());
        } else if (options.wantsSubject("prefork")) {
            measure();
            judge();
        }
        String text = """
                `--workload shared-sessions`: prefork with %d children and as many kept-alive connections, on which the \
                requests of as many sessions take turns, so each child serves all sessions. The sessions are in the \
                store that prefork sets up by default (SQLite). Medians of %d rounds of %d s. %s.""";
        return new Section(
                "shared-sessions",
                "A session that children share",
                List.of(text.formatted(CHILDREN, options.rounds(), options.seconds(), stamp)),
                List.of("", "requests/s", "mean ms", "p50 ms", "p99 ms"),
                rows(),
                notes,
                Map.of());
    }

    private void measure() throws IOException, InterruptedException {
        Placement placement = new Placement(Variant.PLAIN, "", setup.jdk(), CHILDREN);
        try (RunningServer server = new Subjects().get("prefork").launch(setup, placement)) {
            server.awaitReady();
            for (Wrk load : loads.values()) {
                load.warmUp(server.target(), options.warmUp() / loads.size());
            }
            for (int round = 0; round < options.rounds(); round++) {
                for (String name : loads.keySet()) {
                    add(name, loads.get(name).run(server.target(), options.seconds()));
                }
            }
        }
    }

    private void add(String name, LoadResult result) {
        System.out.printf("shared-sessions %s: %,.0f requests/s%n", name, result.rate());
        if (result.isRight()) {
            results.get(name).add(result);
        } else {
            notes.add("**Thrown out:** a round of %s: %s".formatted(name, result.wrong()));
        }
    }

    private List<List<String>> rows() {
        return results.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<String> row(String name, List<LoadResult> rounds) {
        return List.of(
                name,
                Numbers.of(median(rounds, LoadResult::rate)),
                Numbers.of(mean(rounds)),
                Numbers.of(median(rounds, LoadResult::p50)),
                Numbers.of(median(rounds, LoadResult::p99)));
    }

    private void judge() {
        List<LoadResult> without = results.get(WITHOUT);
        List<LoadResult> written = results.get(WRITTEN);
        if (!without.isEmpty() && !written.isEmpty()) {
            double cost = mean(written) - mean(without);
            String verdict = cost <= GOAL ? "met" : "**missed**";
            notes.add("Goal: reading and writing the session costs at most %s ms a request. It costs %s ms: %s."
                    .formatted(Numbers.of(GOAL), Numbers.of(cost), verdict));
        }
    }

    /** Milliseconds of a request, of which as many are under way as there are connections. */
    private static double mean(List<LoadResult> rounds) {
        return CHILDREN * 1_000 / median(rounds, LoadResult::rate);
    }

    private static double median(List<LoadResult> rounds, Function<LoadResult, Double> value) {
        return Spread.of(rounds.stream().map(value).toList()).median();
    }
}
