package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.process;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server that {@code bin/jetty.sh} of Jetty's home starts and stops, which leaves it in the background. */
final class JettySh implements AutoCloseable {
    private static final Pattern STATE =
            Pattern.compile("INIT .*\nSTARTING .*\nSTARTED .*\n"); // by one process, and once
    private static final long DEADLINE = 150; // seconds; the script itself gives up after 60 to start and 30 to stop

    /** For {@code .jettyrc}; otherwise start-stop-daemon would be used if the tests run as root. */
    static final String NO_DAEMON = "USE_START_STOP_DAEMON=0\n";

    private final JettyBase base;
    private final Path home;
    private final Path run;
    private final int port;
    private int runs;

    /** @param setup what the operator says beside the places and properties in {@code .jettyrc} */
    JettySh(JettyBase base, String setup, String... properties) throws IOException {
        this.base = base;
        home = Files.createDirectory(base.directory().resolve("home"));
        run = Files.createDirectory(base.directory().resolve("run"));
        port = JettyServer.freePort();
        var arguments = new ArrayList<>(List.of("jetty.http.port=" + port));
        arguments.addAll(base.model().properties());
        arguments.addAll(List.of(properties));
        Files.writeString(
                home.resolve(".jettyrc"),
                """
                JAVA=%s
                JAVA_OPTIONS=-Djava.io.tmpdir=%s
                JETTY_BASE=%s
                JETTY_RUN=%s
                JETTY_PID=%s
                JETTY_STATE=%s
                JETTY_ARGS="%s"
                """.formatted(
                                        Path.of(System.getProperty("java.home"), "bin", "java"),
                                        base.directory().resolve("tmp"),
                                        base.directory(),
                                        run,
                                        pidFile(),
                                        stateFile(),
                                        String.join(" ", arguments))
                        + setup);
    }

    /** What the script said, and with which status it ended. */
    record Said(int status, String text) {}

    Said run(String action) throws IOException, InterruptedException {
        var log = base.directory()
                .resolve("jetty.sh-" + ++runs + "-" + action + ".log"); // no pipe: the server has it, too
        var builder = new ProcessBuilder(
                        "bash", base.home().directory().resolve("bin/jetty.sh").toString(), action)
                .directory(base.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", home.toString());
        var script = builder.start();
        if (!script.waitFor(DEADLINE, TimeUnit.SECONDS)) {
            script.destroyForcibly();
            throw new IllegalStateException("jetty.sh " + action + " did not end: " + Files.readString(log));
        }
        return new Said(script.exitValue(), Files.readString(log));
    }

    void assertDone(String action, String words) throws IOException, InterruptedException {
        var said = run(action);
        assertTrue(said.status() == 0 && said.text().contains(words), said::toString);
    }

    /** The server's process; its files were written by it alone, and once. */
    ProcessHandle server() throws IOException {
        var state = Files.readString(stateFile());
        assertTrue(STATE.matcher(state).matches(), state);
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                .orElseThrow();
    }

    /** Who answers. */
    long servedBy() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            ask(socket, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return process(socket);
        }
    }

    /** Holds a child. */
    Socket requestInFlight() throws IOException {
        var socket = new Socket("localhost", port);
        ask(socket, POST_IN_FLIGHT);
        assertEquals("HTTP/1.1 100 Continue", statusLine(socket));
        return socket;
    }

    /** The two children of the server, when both serve: one that is held, and whoever answers then. */
    Set<Long> bothChildren() throws IOException {
        try (var held = requestInFlight()) {
            long other = servedBy();
            var children = server().children().map(ProcessHandle::pid).collect(Collectors.toSet());
            assertTrue(children.size() == 2 && children.contains(other), () -> other + " of " + children);
            ask(held, "abc"); // ends the request
            return children;
        }
    }

    /** The server has ended in good order: not killed, as it would be by the script after 30 seconds. */
    void assertNothingIsLeft(List<ProcessHandle> family) throws IOException {
        assertEquals(List.of(), family.stream().filter(ProcessHandle::isAlive).toList());
        JettyServer.processesOf(base)
                .forEach(it -> it.onExit().orTimeout(DEADLINE, TimeUnit.SECONDS).join());
        assertEquals(List.of(), PreforkServers.workDirectories(base));
        var left = new ArrayList<Path>();
        for (var file : List.of(pidFile(), stateFile(), base.directory().resolve("mpm.state"))) {
            if (Files.exists(file)) {
                left.add(file);
            }
        }
        assertEquals(List.of(), left);
    }

    private Path pidFile() {
        return run.resolve("shop.pid");
    }

    private Path stateFile() {
        return run.resolve("shop.state");
    }

    /** A test that fails must not leave servers behind. */
    @Override
    public void close() {
        JettyServer.processesOf(base).forEach(ProcessHandle::destroyForcibly);
    }
}
