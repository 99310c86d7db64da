package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ARCHIVE;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.start;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What applications and operators can do to a child costs the requests in that child, and nothing else. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PreforkFaultsIT {
    @Test
    void anApplicationThatEndsItsProcessCostsOneRequest() throws Exception {
        try (var server = start("fatal", 2)) {
            var pool = Pool.of(server, 2);
            try (var load = new Load(server.port(), "/echo/process", 1, 500)) {
                pool.survives("System.exit", () -> assertNoAnswer(server, "exit"));
                said(server, "an application has called System.exit", 1);
                ready(server, 3);
                said(
                        server,
                        "WARN.*child \\d+ .* with status 7, while it served GET /echo/fatal for 127.0.0.1; starting another",
                        1);

                assertNoAnswer(server, "leave");
                ready(server, 4);
                said(server, "WARN.*child \\d+ .* with status 0 although nobody asked it to.*; starting another", 1);

                pool.survives("SIGSEGV in native code", () -> assertNoAnswer(server, "native"));
                said(
                        server,
                        "child \\d+ .* killed by signal 6 \\(abort\\), while it served GET /echo/fatal for 127.0.0.1:"
                                + " the virtual machine crashed with SIGSEGV .* in .*Java_com_sun_jna_Native_setInt.*; see .*hs_err_pid",
                        1);
                ready(server, 5);

                pool.survives("OutOfMemoryError", () -> assertNoAnswer(server, "memory"));
                said(
                        server,
                        "child \\d+ .* with status 3 \\(out of memory\\), while it served GET /echo/fatal for"
                                + " 127.0.0.1; starting",
                        1);
                var everReady = ready(server, 6);
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(2, alive(everReady).size());
            }
        }
    }

    /** The first child takes no connection before its parent counts on it; what comes earlier waits. */
    @Test
    void anEarlyRequestThatEndsTheFirstChildDoesNotFailTheStart() throws Exception {
        int port = JettyServer.freePort();
        var killed = CompletableFuture.runAsync(() -> killAsSoonAsPossible(port));
        try (var server = base("early").start("jetty.http.port=" + port, "jetty.prefork.startServers=1", ARCHIVE)) {
            killed.get();
            said(server, "child \\d+ \\(slot \\d+\\) ended .* killed by signal 6 .*; starting another", 1);

            assertEquals(1, alive(ready(server, 2)).size());
        }
    }

    private static void killAsSoonAsPossible(int port) {
        try {
            Await.until("nobody listens", () -> {
                try (var socket = new Socket("localhost", port)) {
                    ask(socket, "GET /echo/fatal?native HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    socket.getInputStream().readAllBytes();
                    return true;
                } catch (ConnectException e) {
                    return false;
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void moreConnectionsThanChildrenAreAllServed() throws Exception {
        try (var server = start("crowd", 4)) {
            var pool = Pool.of(server, 4);
            try (var load = new Load(server.port(), "/echo/process", 200, 10_000)) {
                load.awaitEnough();
                load.awaitAnswers(4);

                assertEquals(List.of(), load.failures());
                assertEquals(4, load.answers().size(), load.answers()::toString);
            }
            pool.awaitWhole();
        }
    }

    @Test
    void anApplicationThatIsNotThreadSafeIsSafe() throws Exception {
        try (var server = base("unsafe").start("jetty.prefork.startServers=8", ARCHIVE)) {
            ready(server, 8);
            try (var load = new Load(server.port(), "/echo/unsafe", 16, 20_000)) {
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(Set.of("whole"), load.answers().keySet());
            }
        }
    }

    /** Otherwise the application would be safe anyway. */
    @ParameterizedTest
    @EnumSource(names = {"WORKER", "EVENT"})
    void anApplicationThatIsNotThreadSafeFailsWithThreads(Model model) throws Exception {
        try (var server = base("unsafe-" + model.name().toLowerCase(Locale.ROOT), model)
                        .start();
                var load = new Load(server.port(), "/echo/unsafe", 16, 20_000)) {
            load.awaitEnough();

            assertEquals(List.of(), load.failures());
            assertEquals(Set.of("whole", "torn"), load.answers().keySet());
        }
    }

    private static void assertNoAnswer(JettyServer server, String end) throws IOException {
        try (var socket = new Socket("localhost", server.port())) {
            ask(socket, "GET /echo/fatal?" + end + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertEquals("", new String(socket.getInputStream().readAllBytes(), US_ASCII));
        } catch (SocketException e) {
            // The process did not read all that was sent: an end as well.
        }
    }
}
