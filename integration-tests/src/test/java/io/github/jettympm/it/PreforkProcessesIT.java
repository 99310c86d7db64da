package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parent and children of the prefork connector, as real processes in a real Jetty home. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PreforkProcessesIT {
    private static final Pattern READY = Pattern.compile("child (\\d+) \\(slot \\d+\\) ready");
    private static final long DEADLINE = 60; // seconds; ten times what the slowest of it took on two cores

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

            signal("KILL", children.get(0));
            said(server, "child " + children.get(0) + " .* ended after .* signal 9 .*; starting another", 1);
            var everReady = ready(server, 3);

            assertTrue(everReady.subList(1, 3).contains(servedBy(server)));
            assertEquals(List.of(), alive(children.subList(0, 1)));
            assertEquals(everReady.subList(1, 3), alive(everReady));
        }
    }

    @Test
    void aChildServesOneConnectionAtATime() throws Exception {
        try (var server = start("one-at-a-time", 1)) {
            ready(server, 1);
            var first = new Socket("localhost", server.port());
            var second = new Socket("localhost", server.port());

            ask(first, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK", statusLine(first));
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

        signal("KILL", server.process().pid());

        awaitEnd(server, children);
        assertEquals(List.of(), workDirectories(server.base()));
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
            ask(
                    socket,
                    "POST /echo/digest HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue", statusLine(socket)); // so the servlet waits for the content now

            signal("TERM", server.process().pid());
            said(server, "Stopped oejs.Server@\\w+\\{STOPPING}\\[[^]]*sto=30000]", 1); // by the child, which drains
            ask(socket, "abc");

            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("3 bytes, SHA-256 ba7816bf"), answer);
        }
        said(server, "children ended: GRACEFUL", 1);
        awaitEnd(server, children);
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

        var failure = assertThrows(IllegalStateException.class, base::start);

        assertTrue(failure.getMessage().contains("(boot failed) before it was ready"), failure.getMessage());
        assertEquals(List.of(), JettyServer.processesOf(base));
        assertEquals(List.of(), workDirectories(base));
    }

    private static JettyServer start(String name, int children) throws Exception {
        return base(name).start("jetty.prefork.startServers=" + children);
    }

    private static JettyBase base(String name) throws Exception {
        var base = JettyHome.ofBuild().createBase("processes-" + name, Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }

    /** The children that have become ready so far, oldest first, once there are so many. */
    private static List<Long> ready(JettyServer server, int count) throws Exception {
        return server.log().said(READY, count).get(DEADLINE, TimeUnit.SECONDS).stream()
                .map(line -> Long.valueOf(line.group(1)))
                .toList();
    }

    private static void said(JettyServer server, String pattern, int count) throws Exception {
        server.log().said(Pattern.compile(pattern), count).get(DEADLINE, TimeUnit.SECONDS);
    }

    private static long servedBy(JettyServer server) throws IOException {
        try (var socket = new Socket("localhost", server.port())) {
            ask(socket, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return Long.parseLong(answer.substring(answer.lastIndexOf('\n') + 1));
        }
    }

    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    }

    /** Connections that the kernel keeps for a listening socket: its "receive queue" (man 5 proc, /proc/net/tcp). */
    private static int waiting(int port) throws IOException {
        var local = ":%04X ".formatted(port);
        try (var sockets =
                Stream.concat(Files.lines(Path.of("/proc/net/tcp")), Files.lines(Path.of("/proc/net/tcp6")))) {
            return sockets.map(line -> line.trim().split("\\s+"))
                    .filter(fields -> (fields[1] + " ").endsWith(local) && fields[3].equals("0A"))
                    .mapToInt(fields -> Integer.parseInt(fields[4].split(":")[1], 16))
                    .sum();
        }
    }

    private static boolean hasApplication(JettyServer server, long pid) {
        return Files.exists(server.base().directory().resolve("application-in-" + pid));
    }

    private static void signal(String name, long pid) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, status, "kill -" + name + " " + pid);
    }

    private static List<Long> alive(List<Long> pids) {
        return pids.stream()
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }

    /** The output ends when the last process that holds it has ended, be it a child of a killed parent. */
    private static void awaitEnd(JettyServer server, List<Long> children) throws Exception {
        server.process().onExit().get(DEADLINE, TimeUnit.SECONDS);
        server.log().ended().get(DEADLINE, TimeUnit.SECONDS);
        for (long child : children) {
            var handle = ProcessHandle.of(child);
            if (handle.isPresent()) {
                handle.get().onExit().get(DEADLINE, TimeUnit.SECONDS);
            }
        }
        assertEquals(List.of(), JettyServer.processesOf(server.base()));
        server.close();
    }

    private static List<Path> workDirectories(JettyBase base) throws IOException {
        try (Stream<Path> entries = Files.list(base.directory().resolve("tmp"))) {
            return new ArrayList<>(
                    entries.filter(it -> it.getFileName().toString().startsWith("jetty-mpm-"))
                            .toList());
        }
    }
}
