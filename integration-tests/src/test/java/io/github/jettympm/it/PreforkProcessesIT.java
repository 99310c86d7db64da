package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.assertFinishedWhenTheServerStops;
import static io.github.jettympm.it.PreforkServers.awaitEnd;
import static io.github.jettympm.it.PreforkServers.awaitProcesses;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.process;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.start;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static io.github.jettympm.it.PreforkServers.workDirectories;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ProcFiles;
import io.github.jettympm.status.StateFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parent and children of the prefork connector, as real processes in a real Jetty home. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PreforkProcessesIT {
    private static final String WAITS_FOR_PIPE = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <Set name="contextPath">/echo</Set>
              <Set name="war">%s/webapps/echo.war</Set>
              <New class="java.io.FileInputStream"><Arg>%s</Arg></New>
            </Configure>
            """;

    @Test
    void childrenServeAndTheParentStartsNoApplication() throws Exception {
        try (var server = start("no-application", 2)) {
            var children = ready(server, 2);

            long served = servedBy(server);

            assertTrue(children.contains(served), served + " is none of " + children);
            assertFalse(hasApplication(server, server.process().pid()), "the parent started the application");
            children.forEach(child -> assertTrue(hasApplication(server, child), "no application in child " + child));
        }
    }

    @Test
    void aKilledChildIsReplacedAndTheOthersServeOn() throws Exception {
        try (var server = start("replaced", 2)) {
            var children = ready(server, 2);
            var pool = Pool.of(server, 2);
            long killed;
            try (var client = new Socket("localhost", server.port())) {
                ask(client, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
                killed = process(client);
                ask(client, POST_IN_FLIGHT);
                assertEquals("HTTP/1.1 100 Continue", statusLine(client)); // so the servlet waits for the content now

                signal("KILL", killed);
            }
            said(
                    server,
                    "child " + killed + " .* ended after .* signal 9 .*, while it served POST /echo/digest for"
                            + " 127.0.0.1; starting another",
                    1);
            var everReady = ready(server, 3);

            var living = everReady.stream().filter(child -> child != killed).toList();
            assertTrue(children.contains(killed), killed + " is none of " + children);
            assertTrue(living.contains(servedBy(server)));
            assertEquals(List.of(), alive(List.of(killed)));
            assertEquals(living, alive(everReady));
            pool.awaitWhole();
        }
    }

    @Test
    void aChildServesOneConnectionAtATime() throws Exception {
        try (var server = start("one-at-a-time", 1)) {
            ready(server, 1);
            var first = new Socket("localhost", server.port());
            var second = new Socket("localhost", server.port());

            ask(first, POST_IN_FLIGHT); // one that is kept alive for nothing would make room
            assertEquals("HTTP/1.1 100 Continue", statusLine(first));
            ask(second, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(1, waiting(server.port()), "connections in the queue of the listening socket");
            first.close();

            assertEquals("HTTP/1.1 200 OK", statusLine(second));
            second.close();
        }
    }

    @Test
    void childrenEndWithAParentThatIsKilled() throws Exception {
        var server = start("orphans", 2);
        var children = ready(server, 2);
        try (var inFlight = new Socket("localhost", server.port())) {
            ask(inFlight, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(inFlight)); // and nobody will ever send the content
            long start = System.nanoTime();

            signal("KILL", server.process().pid());

            awaitGone(children); // by themselves, since nobody is there any more who would end them
            System.out.printf(
                    "2 children ended %d ms after their parent was killed%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            awaitEnd(server, children);
        }
        assertEquals(List.of(), workDirectories(server.base()));
        assertFalse(Files.exists(StateFile.in(server.base().directory())));
    }

    /** The figure is to be exact: whose they are now may take seconds to ask for them, and until then they are zombies. */
    private static void awaitGone(List<Long> processes) {
        while (processes.stream().anyMatch(it -> ProcFiles.startTime(it).isPresent())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsLeftOfAServerThatWasKilledWithItsChildrenGoesWithTheNextStart() throws Exception {
        var base = base("killed-together");
        var killed = base.start("jetty.prefork.startServers=2");
        var children = ready(killed, 2);
        for (long child : children) {
            signal("STOP", child); // or it might see its parent end, and remove what it has to
        }
        signal("KILL", killed.process().pid());
        for (long child : children) {
            signal("KILL", child);
        }
        awaitProcesses(killed, children);
        var left = workDirectories(base);
        assertEquals(1, left.size(), left::toString);

        try (var server = base.start("jetty.prefork.startServers=2")) {
            ready(server, 1);

            assertEquals(1, workDirectories(base).size());
            assertFalse(workDirectories(base).contains(left.get(0)));
        }
        killed.close(); // and nothing of both is left
    }

    @Test
    void controlCReachesEveryProcessAndTheParentEndsThemInGoodOrder() throws Exception {
        var server = start("control-c", 2);
        var children = ready(server, 2);

        for (long child : children) { // as a terminal sends it to the whole process group
            signal("INT", child);
        }
        signal("INT", server.process().pid());

        said(server, "children ended: GRACEFUL", 1);
        awaitEnd(server, children);
        assertThrows(Exception.class, () -> said(server, "starting another", 1));
        assertEquals(List.of(), workDirectories(server.base()));
    }

    @Test
    void aRequestThatHasBegunIsFinishedWhenTheServerStops() throws Exception {
        var server = start("in-flight", 1);
        var children = ready(server, 1);
        try (var socket = new Socket("localhost", server.port())) {
            ask(socket, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(socket)); // so the servlet waits for the content now

            assertFinishedWhenTheServerStops(server, socket, children);
        }
    }

    /** Whoever opens a named pipe for reading waits until somebody opens it for writing: so the first child waits. */
    @Test
    void aClientThatComesBeforeTheFirstChildIsReadyWaitsAndIsServed() throws Exception {
        var base = base("early");
        var pipe = base.directory().resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        base.write("webapps/echo.xml", WAITS_FOR_PIPE.formatted(base.directory(), pipe));
        int port = JettyServer.freePort();
        var starting = CompletableFuture.supplyAsync(() -> startOn(base, port));
        try (var early = awaitConnection(port, starting)) {
            ask(early, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Await.until("the connection is in the queue", () -> waiting(port) == 1);
            assertEquals(0, early.getInputStream().available());
            assertFalse(starting.isDone());

            try (var writer = new RandomAccessFile(pipe.toFile(), "rw")) { // does not wait for a reader
                writer.write('!');
                long served = process(early);
                assertEquals(List.of(served), ready(starting.get(), 1));
            }
        } finally {
            starting.get().close();
        }
    }

    private static JettyServer startOn(JettyBase base, int port) {
        try {
            return base.start("jetty.prefork.startServers=1", "jetty.http.port=" + port);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket awaitConnection(int port, CompletableFuture<JettyServer> starting) throws Exception {
        Await.until(
                "somebody listens",
                () -> starting.isDone() || !ListeningSocket.on(port).isEmpty());
        return new Socket("localhost", port);
    }

    @Test
    void aServerWhoseApplicationsDoNotBootDoesNotStartAndLeavesNothing() throws Exception {
        var base = base("cannot-boot");
        base.write("webapps/broken.xml", """
                <?xml version="1.0"?>
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
                  <Set name="contextPath">/broken</Set>
                  <Set name="war">/no/such.war</Set>
                  <Set name="throwUnavailableOnStartupException">true</Set>
                </Configure>
                """);

        assertDoesNotStart(
                base,
                "java\\.io\\.IOException: child \\d+ \\(slot 0\\) ended after \\d+ s with status 70 \\(boot failed\\)"
                        + " before it was ready: .*application /broken \\(/no/such\\.war\\) did not start, caused by java\\.lang\\.");
    }

    @Test
    void aServerWhoseApplicationIsDescribedInBrokenXmlSaysWhere() throws Exception {
        var base = base("broken-xml");
        base.write("webapps/broken.xml", "<Configure><Set></Configure>");

        assertDoesNotStart(base, "java\\.io\\.IOException: child .* before it was ready: .*broken\\.xml");
    }

    /** What a virtual machine says that does not get as far as our code. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-XX:NoSuchOption|status 1 before it was ready: it printed last: .*Unrecognized VM option 'NoSuchOption'",
                "-Xmx4m|status 3 \\(out of memory\\) before it was ready: it printed last: .*OutOfMemoryError: Java heap space",
            })
    void aServerWhoseChildrenHaveWrongOptionsSaysWhatTheirVirtualMachineSays(String options, String said)
            throws Exception {
        assertDoesNotStart(
                base("options"), "java\\.io\\.IOException: child .* with " + said, "jetty.prefork.jvmArgs=" + options);
    }

    private static void assertDoesNotStart(JettyBase base, String why, String... properties) throws Exception {
        var failure = assertThrows(IllegalStateException.class, () -> base.start(properties));

        assertTrue(
                Pattern.compile(why).matcher(failure.getMessage()).find(),
                () -> "'" + why + "' is not in " + failure.getMessage());
        assertEquals(List.of(), JettyServer.processesOf(base));
        assertEquals(List.of(), workDirectories(base));
    }

    /** Connections that the kernel keeps for a listening socket. */
    private static int waiting(int port) throws IOException {
        return ListeningSocket.on(port).stream()
                .mapToInt(ListeningSocket::waiting)
                .sum();
    }

    private static boolean hasApplication(JettyServer server, long pid) {
        return Files.exists(server.base().directory().resolve("application-in-" + pid));
    }
}
