package io.github.jettympm.bench.server;

import io.github.jettympm.bench.load.Target;
import io.github.jettympm.bench.machine.Command;
import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.machine.Tools;
import io.github.jettympm.bench.measure.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server's process. */
public final class RunningServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration TASKSET_LIMIT = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 20;
    private static final int MOST_LOG = 2_000;

    private final String name;
    private final Process process;
    private final Target target;
    private final Jdk jdk;
    private final Path log;
    private final long begin = System.nanoTime();
    private final Thread lifeline = new Thread(this::kill);

    private RunningServer(String name, Process process, Target target, Jdk jdk, Path log) {
        this.name = name;
        this.process = process;
        this.target = target;
        this.jdk = jdk;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(lifeline);
    }

    /** Starts a command in a directory, on the processors of the target. */
    static RunningServer start(String name, List<String> command, Path directory, Target target, Jdk jdk)
            throws IOException {
        var pinned = new ArrayList<String>();
        if (!target.cpus().isEmpty()) {
            pinned.addAll(List.of(Tools.path("taskset"), "-c", target.cpus()));
        }
        pinned.addAll(command);
        Path log = directory.resolve("server.log");
        Process process = new ProcessBuilder(pinned)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        return new RunningServer(name, process, target, jdk, log);
    }

    /**
     * Lets it use all processors for a while, though it saw only its own when it started: with a single one the compilers of a
     * virtual machine are still at work after a million requests.
     */
    public void spread() throws IOException, InterruptedException {
        runOn("0-" + (Runtime.getRuntime().availableProcessors() - 1));
    }

    /** Puts it back on its own processors. */
    public void pin() throws IOException, InterruptedException {
        runOn(target.cpus());
    }

    private void runOn(String cpus) throws IOException, InterruptedException {
        if (target.cpus().isEmpty()) {
            return;
        }
        for (ProcessHandle each : family().toList()) {
            List<String> command = List.of(Tools.path("taskset"), "-a", "-c", "-p", cpus, Long.toString(each.pid()));
            Command.run(TASKSET_LIMIT, command).require(command);
        }
    }

    /** Waits until it answers, and says how long that took since it was started. */
    public Duration awaitReady() throws InterruptedException {
        while (!answers()) {
            if (!process.isAlive() || since() > START_LIMIT.toNanos()) {
                throw new IllegalStateException("%s did not start: %s".formatted(name, lastWords()));
            }
            Thread.sleep(POLL_MILLIS);
        }
        return Duration.ofNanos(since());
    }

    private long since() {
        return System.nanoTime() - begin;
    }

    private boolean answers() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + target.port() + "/bench/hello")
                    .toURL()
                    .openConnection();
            connection.setRequestProperty("Connection", "close");
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(60_000);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                connection.getInputStream().close();
            }
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** The end of its log. */
    public String lastWords() {
        try {
            String text = Files.readString(log).strip();
            return text.substring(Math.max(0, text.length() - MOST_LOG));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    public String name() {
        return name;
    }

    public Target target() {
        return target;
    }

    public Jdk jdk() {
        return jdk;
    }

    public long pid() {
        return process.pid();
    }

    /** Whether its process is a Java virtual machine. */
    public boolean isJava() {
        return process.info().command().orElse("").endsWith("/java");
    }

    public ProcessTree tree() {
        return new ProcessTree(process.pid());
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    private void kill() {
        family().toList().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        List<ProcessHandle> family = family().toList();
        process.destroy();
        try {
            process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        family.forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().removeShutdownHook(lifeline);
    }
}
