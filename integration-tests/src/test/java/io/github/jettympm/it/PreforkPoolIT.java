package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.kill;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the number of children follows the load, and what becomes of children that are killed or crash under it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PreforkPoolIT {
    private static final String REQUEST = "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void spareChildrenGrowUnderLoadAndShrinkAfterIt() throws Exception {
        try (var server = base("grow")
                .start(
                        "jetty.prefork.pm=dynamic",
                        "jetty.prefork.minSpareServers=1",
                        "jetty.prefork.maxSpareServers=1",
                        "jetty.prefork.maxRequestWorkers=2")) {
            ready(server, 1);
            try (var first = new Socket("localhost", server.port());
                    var second = new Socket("localhost", server.port())) {
                ask(first, POST_IN_FLIGHT); // a connection without a request might be ended for the second one
                assertEquals("HTTP/1.1 100 Continue", statusLine(first));
                ready(server, 2);
                ask(second, POST_IN_FLIGHT);
                assertEquals("HTTP/1.1 100 Continue", statusLine(second));
                said(server, "there are as many children as jetty.prefork.maxRequestWorkers=2 allows: 2 children", 1);
            }
            said(server, "child \\d+ .* is asked to end after .*: too many are idle", 1);
            said(server, "child \\d+ .* ended after .* connections as it was asked to", 1);

            assertEquals(1, alive(ready(server, 2)).size());
        }
    }

    @Test
    void aChildIsStartedOnDemandAndTakenFromAConnectionThatIsKeptAliveForNothing() throws Exception {
        try (var server = base("on-demand")
                .start(
                        "jetty.prefork.pm=ondemand",
                        "jetty.prefork.processIdleTimeout=100",
                        "jetty.prefork.maxRequestWorkers=1",
                        "jetty.http.idleTimeout=600000")) {
            said(server, "child \\d+ .* ended after .* 0 connections as it was asked to", 1);
            try (var first = new Socket("localhost", server.port());
                    var second = new Socket("localhost", server.port())) {
                ask(first, REQUEST);
                assertEquals("HTTP/1.1 200 OK", statusLine(first));

                ask(second, REQUEST);
                assertEquals("HTTP/1.1 200 OK", statusLine(second));
                first.getInputStream().readAllBytes(); // returns, since the connection was ended in good order
            }
            said(server, "child \\d+ .* ended after .* 2 connections as it was asked to", 1);
        }
    }

    @Test
    void aRequestThatIsStuckIsLoggedWithItsStackAndEndsWithItsChild() throws Exception {
        try (var server = base("stuck")
                .start(
                        "jetty.prefork.startServers=2",
                        "jetty.prefork.slowRequestThreshold=300",
                        "jetty.prefork.requestTerminateTimeout=8000")) {
            var pool = Pool.of(server, 2);
            try (var load = new Load(server.port(), "/echo/process", 1, 500)) {
                load.awaitAnswers(
                        2); // the first request of a child takes longer, and is not to be the one that is stuck
                pool.survives("a stuck request", () -> stuckRequestEndsItsChild(server));
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
            }
        }
    }

    private static void stuckRequestEndsItsChild(JettyServer server) throws Exception {
        try (var client = new Socket("localhost", server.port())) {
            ask(client, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(client)); // and now it waits for its content

            var stack = "prefork-\\d-serve-1 is at.*DigestServlet.doPost"; // the log keeps a message in one line
            said(server, "POST /echo/digest for 127.0.0.1 is served for .* s now; " + stack, 1);
            said(server, "POST /echo/digest for 127.0.0.1 is served for .* s, and this child ends; " + stack, 1);
            said(
                    server,
                    "child \\d+ .* with status 80 \\(a request took too long\\), while it served POST /echo/digest",
                    1);
            assertEquals(0, client.getInputStream().readAllBytes().length, "bytes of an answer before the end");
        }
        assertEquals(1, server.log().count(Pattern.compile("is served for .* s now")), "slow, said once");
    }

    @ParameterizedTest(name = "{0}")
    @Tag("long")
    @ValueSource(strings = {"loop", "silence"})
    void aRequestThatIsStuckEndsWithItsChildEvenIfThatCanSayNothing(String how) throws Exception {
        try (var server = base("stuck-" + how)
                .start("jetty.prefork.slowRequestThreshold=300", "jetty.prefork.requestTerminateTimeout=1000")) {
            servedBy(server);
            try (var client = new Socket("localhost", server.port())) {
                ask(client, "GET /echo/fatal?" + how + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

                said(
                        server,
                        "child \\d+ .* with status 80 \\(a request took too long\\), while it served GET /echo/fatal",
                        1);
                ready(server, 2);
            }
        }
    }

    @Test
    void childrenThatHaveServedForLongEnoughAreReplacedWithoutALostRequest() throws Exception {
        try (var server =
                base("recycle").start("jetty.prefork.maxConnectionsPerChild=20", "jetty.prefork.recycleJitter=0")) {
            try (var load = new Load(server.port(), "/echo/process", 2, 500)) {
                said(server, "child \\d+ .* has served for long enough \\(\\d+ connections, limit 20\\)", 2);
                said(server, "child \\d+ .* ended after .* connections as it was asked to", 2);
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
            }
            assertFalse(ready(server, 3).subList(0, 2).contains(servedBy(server)), "served by one that has ended");
        }
    }

    @Test
    void childrenThatAreKilledOrCrashUnderLoadCostTheirRequestsOnly() throws Exception {
        try (var server = base("crash").start("jetty.prefork.startServers=2")) {
            var children = ready(server, 2);
            var pool = Pool.of(server, 2);
            var held = new HashSet<Integer>();
            try (var load = new Load(server.port(), "/echo/process", 3, 2_000)) {
                pool.survives("kill -9", () -> held.addAll(kill(server, children.get(0))));
                said(
                        server,
                        "child " + children.get(0) + " .* connections, killed by signal 9 .*; starting another",
                        1);
                var second = ready(server, 3).get(2);
                pool.survives("SIGSEGV", () -> signal("SEGV", second));
                said(
                        server,
                        "child " + second
                                + " .* connections, killed by signal 6 \\(abort\\).*: the virtual machine crashed"
                                + " with SIGSEGV .* in .*; see .*/crashes/hs_err_pid" + second + ".log",
                        1);
                load.awaitEnough();

                // One that crashes serves on while it writes its report, but only one connection at a time.
                var ofTheOther = load.failuresBeside(held);
                assertTrue(ofTheOther.size() <= 1, ofTheOther::toString);
            }
            try (var reports = Files.list(server.base().directory().resolve("crashes"))) {
                assertEquals(
                        List.of("hs_err_pid" + ready(server, 3).get(2) + ".log"),
                        reports.map(file -> file.getFileName().toString()).toList());
            }
        }
    }
}
