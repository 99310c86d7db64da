package io.github.jettympm.bench.measure;

import io.github.jettympm.bench.machine.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Counts the system calls of a server while a load runs, with perf where it may, else with strace. */
public final class SystemCalls implements AutoCloseable {
    private static final int SETTLE_MILLIS = 300;

    private final Process tracer;
    private final Path output;
    private final boolean perf;

    private SystemCalls(Process tracer, Path output, boolean perf) {
        this.tracer = tracer;
        this.output = output;
        this.perf = perf;
    }

    /** Why system calls cannot be counted here; empty if they can. */
    public static Optional<String> missing() {
        Optional<String> perf = Tools.missing("perf");
        return perf.isPresent() ? Tools.missing("strace").map(strace -> perf.get() + "; " + strace) : Optional.empty();
    }

    /** Begins to count. */
    public static SystemCalls of(ProcessTree tree) throws IOException, InterruptedException {
        if (Tools.find("perf").isPresent()) {
            SystemCalls counting = start(tree, true);
            if (counting.tracer.isAlive() || Tools.find("strace").isEmpty()) {
                return counting;
            }
            counting.close(); // perf is there but may not, for instance in a container
        }
        return start(tree, false);
    }

    private static SystemCalls start(ProcessTree tree, boolean perf) throws IOException, InterruptedException {
        Path output = Files.createTempFile("calls", ".txt");
        Process process = new ProcessBuilder(perf ? perf(tree, output) : strace(tree, output))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        return new SystemCalls(process, output, perf);
    }

    private static List<String> perf(ProcessTree tree, Path output) {
        String pids = tree.pids().stream().map(Object::toString).collect(Collectors.joining(","));
        return List.of(
                Tools.path("perf"), "stat", "-x,", "-e", "raw_syscalls:sys_enter", "-o", output.toString(), "-p", pids);
    }

    private static List<String> strace(ProcessTree tree, Path output) {
        var command = new ArrayList<>(List.of(Tools.path("strace"), "-c", "-f", "-o", output.toString()));
        tree.pids().forEach(pid -> command.addAll(List.of("-p", Long.toString(pid))));
        return command;
    }

    /** Ends counting; empty if the tracer was refused. */
    public OptionalLong stop() throws IOException, InterruptedException {
        interrupt();
        String text = Files.readString(output);
        return perf ? CallCounts.ofPerf(text) : CallCounts.ofStrace(text);
    }

    /** Both print what they have counted when they are interrupted. */
    private void interrupt() throws IOException, InterruptedException {
        if (tracer.isAlive()) {
            new ProcessBuilder("kill", "-INT", Long.toString(tracer.pid()))
                    .start()
                    .waitFor();
        }
        if (!tracer.waitFor(10, TimeUnit.SECONDS)) {
            tracer.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}
