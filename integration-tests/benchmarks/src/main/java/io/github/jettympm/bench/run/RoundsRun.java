package io.github.jettympm.bench.run;

import io.github.jettympm.bench.compare.Sample;
import io.github.jettympm.bench.load.LoadResult;
import io.github.jettympm.bench.machine.Tools;
import io.github.jettympm.bench.measure.SystemCalls;
import io.github.jettympm.bench.measure.Usage;
import io.github.jettympm.bench.server.RunningServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Measures one workload: warm-up, rounds in which the servers take turns, and a pass that counts system calls. */
final class RoundsRun {
    private static final int PAUSE_MILLIS = 50;
    private static final int LATER_WARM_UP = 8;

    /** A virtual machine may have to fetch the memory of a server back from its host once it was idle for a while. */
    private static final int WAKE_UP = 50;

    private final Workload workload;
    private final Options options;
    private final Fleet fleet;
    private final Outcome outcome = new Outcome();

    RoundsRun(Workload workload, Options options, Fleet fleet) {
        this.workload = workload;
        this.options = options;
        this.fleet = fleet;
    }

    Outcome run() throws IOException, InterruptedException {
        Optional<String> tool = Tools.missing(workload.load().program())
                .filter(reason -> !workload.load().program().isEmpty());
        if (tool.isPresent()) {
            outcome.leftOut.put("all", tool.get());
            return outcome;
        }
        List<String> wanted =
                workload.subjects().stream().filter(options::wantsSubject).toList();
        fleet.require(wanted);
        List<String> names = new ArrayList<>();
        for (String name : wanted) {
            warmUp(name, names);
        }
        for (int round = 0; round < options.rounds(); round++) {
            measureAll(names, round);
        }
        finish(names);
        return outcome;
    }

    private void warmUp(String name, List<String> names) throws IOException, InterruptedException {
        Optional<RunningServer> server = fleet.get(name);
        if (server.isEmpty()) {
            outcome.leftOut.put(name, fleet.missing(name).orElse("not started"));
            return;
        }
        int all = workload.place().oneCpu() ? options.warmUp() / 3 : options.warmUp();
        int requests = fleet.isFirst(name) ? all : all / LATER_WARM_UP;
        server.get().spread();
        LoadResult result = warmUp(server.get(), requests);
        server.get().pin();
        if (workload.place().oneCpu()
                && result.isRight()) { // what was compiled for two processors is compiled anew for one
            result = warmUp(server.get(), requests);
        }
        if (!result.isRight()) {
            System.err.println(workload.name() + ": warm-up of " + name + ": " + result.wrong());
        }
        if (result.requests() == 0) {
            outcome.leftOut.put(name, "does not answer this workload: " + result.wrong());
        } else {
            names.add(name);
        }
    }

    private LoadResult warmUp(RunningServer server, int requests) throws IOException, InterruptedException {
        return tryLoad(
                () -> workload.load().warmUp(server.target(), workload.load().warmUpRequests(requests)));
    }

    /** Every second round goes backwards, so that a machine that becomes slower is fair to all. */
    private void measureAll(List<String> names, int round) throws IOException, InterruptedException {
        List<String> order = new ArrayList<>(names);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        for (String name : order) {
            outcome.rounds.add(name, measure(name, round));
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private Sample measure(String name, int round) throws IOException, InterruptedException {
        RunningServer server = fleet.get(name).orElseThrow();
        if (workload.megabytes() == 0) {
            warmUp(server, options.warmUp() / WAKE_UP);
        }
        Usage before = server.tree().usage();
        LoadResult result = tryLoad(() -> workload.load().run(server.target(), options.seconds()));
        Usage after = server.tree().usage();
        String wrong = result.wrong();
        if (!after.pids().containsAll(before.pids())) {
            wrong += "a process of the server ended; ";
        }
        System.out.printf(
                "%-14s round %d  %-20s %s%n",
                workload.name(),
                round + 1,
                name,
                wrong.isEmpty() ? "%,.0f requests/s".formatted(result.rate()) : "THROWN OUT: " + wrong);
        if (!wrong.isEmpty()) {
            outcome.thrownOut.add("round %d of %s: %s".formatted(round + 1, name, wrong));
            return null;
        }
        return new Sample(result, after.since(before));
    }

    private void finish(List<String> names) throws IOException, InterruptedException {
        for (String name : names) {
            outcome.measured.add(name);
            outcome.memory.put(name, fleet.get(name).orElseThrow().tree().memory());
            if (workload.countsCalls() && SystemCalls.missing().isEmpty()) {
                countCalls(name, fleet.get(name).orElseThrow());
            }
        }
    }

    private void countCalls(String name, RunningServer server) throws IOException, InterruptedException {
        try (SystemCalls calls = SystemCalls.of(server.tree())) {
            LoadResult result = tryLoad(() -> workload.load().run(server.target(), 1));
            OptionalLong count = calls.stop();
            if (count.isPresent() && result.isRight()) {
                outcome.callsPerRequest.put(name, (double) count.getAsLong() / result.requests());
            }
        }
    }

    private interface Attempt {
        LoadResult load() throws IOException, InterruptedException;
    }

    private static LoadResult tryLoad(Attempt attempt) throws InterruptedException {
        try {
            return attempt.load();
        } catch (IOException | IllegalStateException e) {
            return LoadResult.failed(e.toString().replaceAll("\\s+", " "));
        }
    }
}
