package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.process;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jetty's own script for services starts and stops a server with children as it does any other. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("long")
class JettyShIT {
    /** Otherwise it would be used if the tests run as root. */
    private static final String NO_DAEMON = "USE_START_STOP_DAEMON=0\n";

    private static final String GET = "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static JettyBase base(String name, Model model) throws Exception {
        var base = PreforkServers.base("jetty-sh-" + name, model);
        base.addModules(List.of(model.module(), "pid", "state"));
        return base;
    }

    private static Socket connect(JettySh script) throws IOException {
        return new Socket("localhost", script.port());
    }

    private static long servedBy(Socket socket) throws IOException {
        ask(socket, GET);
        return process(socket);
    }

    /** Holds a child with a request that does not end, so that whoever answers another one is the other child. */
    private static void hold(Socket socket) throws IOException {
        ask(socket, POST_IN_FLIGHT);
        assertEquals("HTTP/1.1 100 Continue", statusLine(socket));
    }

    private static Set<Long> pids(Stream<ProcessHandle> processes) {
        return processes.map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static List<ProcessHandle> family(ProcessHandle server) {
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    @Test
    void preforkIsStartedCheckedRestartedAndStopped() throws Exception {
        var base = base("prefork", Model.PREFORK);
        try (var script =
                new JettySh(base, NO_DAEMON, "jetty.prefork.startServers=2", "jetty.prefork.drainTimeout=1000")) {
            script.assertDone("start", "started\nOK ");
            var first = script.server();
            script.assertDone("check", "Jetty running pid=" + first.pid() + "\n");
            var refused = script.run("start");
            assertEquals("Already Running " + first.pid() + "!\n", refused.text());
            assertEquals(1, refused.status());
            List<ProcessHandle> family;
            try (var held = connect(script);
                    var other = connect(script)) {
                hold(held);
                assertTrue(pids(first.children()).contains(servedBy(other)));
                assertEquals(2, first.children().count());
                assertEquals(first, script.server(), "the second child has written over its parent's files");
                family = family(first);
            }

            script.assertDone("restart", "started\nOK ");
            var second = script.server();
            assertNotEquals(first, second);
            assertEquals(
                    List.of(), family.stream().filter(ProcessHandle::isAlive).toList());
            try (var held = connect(script);
                    var other = connect(script)) {
                hold(held);
                assertTrue(pids(second.children()).contains(servedBy(other)));
                family = family(second);

                script.assertDone("stop", "\nOK\n");
            }
            script.assertNothingIsLeft(family);
            var checked = script.run("check");
            assertTrue(checked.status() == 1 && checked.text().startsWith("Jetty NOT running\n"), checked::toString);
        }
    }

    @Test
    void eventIsStartedRestartedAndStopped() throws Exception {
        try (var script = new JettySh(base("event", Model.EVENT), NO_DAEMON)) {
            script.assertDone("start", "started\nOK ");
            var first = script.server();
            script.assertDone("restart", "started\nOK ");
            var second = script.server();
            try (var socket = connect(script)) {
                assertEquals(second.pid(), servedBy(socket));
            }
            script.assertDone("stop", "\nOK\n");

            script.assertNothingIsLeft(List.of(first, second));
        }
    }

    /** As root on Debian and its like: then {@code jetty.sh stop} sends SIGHUP. */
    @Test
    void preforkThatStartStopDaemonHasStartedIsStoppedBySighup() throws Exception {
        Program.require("start-stop-daemon", "dpkg");
        assumeTrue("root".equals(System.getProperty("user.name")), "jetty.sh uses start-stop-daemon only as root");
        var base = base("daemon", Model.PREFORK);
        try (var script = new JettySh(base, "", "jetty.prefork.startServers=2")) {
            script.assertDone("start", "started\nOK ");
            var server = script.server();
            try (var held = connect(script);
                    var other = connect(script)) {
                hold(held);
                assertTrue(pids(server.children()).contains(servedBy(other)));
            }
            var family = family(server);
            assertEquals(3, family.size());

            var refused = CommandIT.mpm(base, "restart");
            assertTrue(
                    refused.status() == 1 && refused.text().startsWith("mpm: SIGHUP stops the server, "),
                    refused::toString);
            script.assertDone("stop", "OK\n"); // it waits until the file with the process id is gone, which is sooner

            for (var process : family) {
                process.onExit().get(60, TimeUnit.SECONDS);
            }
            script.assertNothingIsLeft(family);
        }
    }
}
