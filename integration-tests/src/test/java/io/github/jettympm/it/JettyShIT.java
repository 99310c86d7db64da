package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jetty's own script for services starts and stops a server with children as it does any other. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("long")
class JettyShIT {
    private static JettyBase base(String name, Model model) throws Exception {
        var base = PreforkServers.base("jetty-sh-" + name, model);
        base.addModules(List.of(model.module(), "pid", "state"));
        return base;
    }

    private static List<ProcessHandle> family(ProcessHandle server) {
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    @Test
    void preforkIsStartedCheckedRestartedAndStopped() throws Exception {
        var base = base("prefork", Model.PREFORK);
        try (var script = new JettySh(
                base, JettySh.NO_DAEMON, "jetty.prefork.startServers=2", "jetty.prefork.drainTimeout=1000")) {
            script.assertDone("start", "started\nOK ");
            var first = script.server();
            script.assertDone("check", "Jetty running pid=" + first.pid() + "\n");
            var refused = script.run("start");
            assertEquals("Already Running " + first.pid() + "!\n", refused.text());
            assertEquals(1, refused.status());
            script.bothChildren();
            assertEquals(first, script.server(), "a child has written its parent's files, too");
            var family = family(first);

            script.assertDone("restart", "started\nOK ");
            var second = script.server();
            assertNotEquals(first, second);
            assertEquals(
                    List.of(), family.stream().filter(ProcessHandle::isAlive).toList());
            script.bothChildren();
            family = family(second);
            try (var stuck = script.requestInFlight()) {
                script.assertDone("stop", "\nOK\n");

                assertEquals("", new String(stuck.getInputStream().readAllBytes(), US_ASCII));
            }
            script.assertNothingIsLeft(family);
            var checked = script.run("check");
            assertTrue(checked.status() == 1 && checked.text().startsWith("Jetty NOT running\n"), checked::toString);
        }
    }

    @Test
    void eventIsStartedRestartedAndStopped() throws Exception {
        try (var script = new JettySh(base("event", Model.EVENT), JettySh.NO_DAEMON)) {
            script.assertDone("start", "started\nOK ");
            var first = script.server();
            script.assertDone("restart", "started\nOK ");
            var second = script.server();
            assertEquals(second.pid(), script.servedBy());
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
            script.bothChildren();
            var family = family(server);

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
