package io.github.jettympm.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running Jetty server, a process with whatever child processes its connector keeps. */
final class JettyServer implements AutoCloseable {
    /** Seconds; ten times what the slowest start took on two cores. */
    private static final long START_DEADLINE = 300;
    /** Seconds; twice what a child process may take for its last requests. */
    private static final long STOP_DEADLINE = 60;
    /** The exit status after SIGKILL. */
    private static final int KILLED = 137;

    private final JettyBase base;
    private final Process process;
    private final List<ServerLog.Listening> listening;
    private final Thread lifeline;
    private final ServerLog log;
    private final List<ListeningSocket> sockets = new ArrayList<>();

    private JettyServer(
            JettyBase base, Process process, ServerLog log, List<ServerLog.Listening> listening, Thread lifeline)
            throws IOException {
        this.log = log;
        this.base = base;
        this.process = process;
        this.listening = listening;
        this.lifeline = lifeline;
        for (var connector : listening) {
            sockets.addAll(ListeningSocket.on(connector.port()));
        }
    }

    static JettyServer start(JettyBase base, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var log = new ServerLog(base.directory().resolve("server.log"), base.connectors());
        var builder = new ProcessBuilder(command)
                .directory(base.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        var process = builder.start();
        // A test run that is broken off must not leave servers behind.
        var lifeline = new Thread(() -> kill(process), "kill-" + process.pid());
        Runtime.getRuntime().addShutdownHook(lifeline);
        log.follow(process.getInputStream());
        try {
            var listening = log.started().get(START_DEADLINE, TimeUnit.SECONDS);
            var server = new JettyServer(base, process, log, listening, lifeline);
            server.refuseOtherConnectors();
            return server;
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            kill(process);
            Runtime.getRuntime().removeShutdownHook(lifeline);
            throw new IllegalStateException(
                    "%s did not start within %d s; it said last:\n%s"
                            .formatted(base.directory().getFileName(), START_DEADLINE, log.lastLines()),
                    e);
        }
    }

    JettyBase base() {
        return base;
    }

    /** The process that was started; under prefork, the parent. */
    Process process() {
        return process;
    }

    ServerLog log() {
        return log;
    }

    /** The port of the clear-text connector. */
    int port() {
        return port(false);
    }

    /** The port of the TLS connector. */
    int tlsPort() {
        return port(true);
    }

    /** A port for a server that has to be told one; nobody else has it now. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Asks the server to stop with SIGTERM, and fails when a process, a file or a socket of it is left. */
    @Override
    public void close() {
        var family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        try {
            awaitEnd(family);
            awaitEnd(processesOfBase());
            refuseLeftovers();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
            Runtime.getRuntime().removeShutdownHook(lifeline);
        }
    }

    private int port(boolean tls) {
        return listening.stream()
                .filter(connector -> connector.tls() == tls && !base.hasBeside(connector.connectorClass()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no connector with tls=" + tls + " in " + listening))
                .port();
    }

    /** Otherwise a base that started the stock connector after all would pass every comparison. */
    private void refuseOtherConnectors() {
        var expected = base.model().connectorClass();
        if (listening.isEmpty()
                || !listening.stream()
                        .allMatch(it -> it.connectorClass().equals(expected) || base.hasBeside(it.connectorClass()))) {
            throw new IllegalStateException("expected only connectors of class " + expected + ": " + listening);
        }
    }

    private void refuseLeftovers() {
        try {
            var left = new ArrayList<Object>(PreforkServers.workDirectories(base));
            for (var socket : sockets) {
                if (socket.isLeft()) {
                    left.add(socket);
                }
            }
            // A parent that was killed had no chance to remove it.
            if (process.exitValue() != KILLED && Files.exists(base.directory().resolve("mpm.state"))) {
                left.add("mpm.state");
            }
            if (!left.isEmpty()) {
                throw new IllegalStateException(base.directory().getFileName() + " has stopped and left " + left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that were started while the server stopped, or whose parent is gone. */
    private List<ProcessHandle> processesOfBase() {
        return processesOf(base);
    }

    /** Processes whose command line names the base. */
    static List<ProcessHandle> processesOf(JettyBase base) {
        var directory = base.directory().toString();
        return ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().orElse("").contains(directory))
                .toList();
    }

    private void awaitEnd(List<ProcessHandle> processes) {
        try {
            for (var it : processes) {
                it.onExit().get(STOP_DEADLINE, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            var survivors = processes.stream().filter(ProcessHandle::isAlive).toList();
            survivors.forEach(ProcessHandle::destroyForcibly);
            throw new IllegalStateException(
                    "%s did not stop within %d s of SIGTERM; killed %s"
                            .formatted(base.directory().getFileName(), STOP_DEADLINE, survivors),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while " + base.directory().getFileName() + " stopped", e);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
