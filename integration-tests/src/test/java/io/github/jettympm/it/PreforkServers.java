package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests do with parents and children of the prefork connector. */
final class PreforkServers {
    /** A request whose servlet waits for the content once it has answered that the client may go on. */
    static final String POST_IN_FLIGHT =
            "POST /echo/digest?secret HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";

    /** Lets children start from an archive of classes, as they do unless the tests say otherwise. */
    static final String ARCHIVE = "jetty.prefork.classDataArchive=true";

    private static final Pattern READY = Pattern.compile("child (\\d+) \\(slot \\d+(?: of connector \\d+)?\\) ready");
    private static final long DEADLINE = 60; // seconds; ten times what the slowest of it took on two cores

    private PreforkServers() {}

    static JettyServer start(String name, int children) throws Exception {
        return base(name).start("jetty.prefork.startServers=" + children);
    }

    static JettyBase base(String name) throws Exception {
        return base(name, Model.PREFORK);
    }

    static JettyBase base(String name, Model model) throws Exception {
        var base = JettyHome.ofBuild().createBase("processes-" + name, model);
        base.addModules(List.of(model.module(), "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }

    /** The children that have become ready so far, oldest first, once there are so many. */
    static List<Long> ready(JettyServer server, int count) throws Exception {
        return server.log().said(READY, count).get(DEADLINE, TimeUnit.SECONDS).stream()
                .map(line -> Long.valueOf(line.group(1)))
                .toList();
    }

    static void said(JettyServer server, String pattern, int count) throws Exception {
        server.log().said(Pattern.compile(pattern), count).get(DEADLINE, TimeUnit.SECONDS);
    }

    /** Where a connector listens that the parent serves itself, once it has started. */
    static int portOf(JettyServer server, String connectorClass) throws Exception {
        var started = Pattern.compile("^(?!\\[).*Started \\S*" + connectorClass + "@.*:(\\d+)}");
        return Integer.parseInt(server.log()
                .said(started, 1)
                .get(DEADLINE, TimeUnit.SECONDS)
                .get(0)
                .group(1));
    }

    static long servedBy(JettyServer server) throws IOException {
        try (var socket = new Socket("localhost", server.port())) {
            ask(socket, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return Long.parseLong(answer.substring(answer.lastIndexOf('\n') + 1));
        }
    }

    /** The process that answers on a connection that is kept. */
    static long process(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        int length = 0;
        for (var line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
        }
        var body = new StringBuilder();
        while (body.length() < length) {
            body.append((char) reader.read());
        }
        return Long.parseLong(body.toString());
    }

    static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    static String statusLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    }

    static void signal(String name, long pid) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, status, "kill -" + name + " " + pid);
    }

    /**
     * Kills a child, and returns what that may cost: the client's port of each connection that it held then. It is stopped
     * first, so that it accepts no other one meanwhile.
     */
    static Set<Integer> kill(JettyServer server, long pid) throws Exception {
        signal("STOP", pid);
        Await.until(pid + " is stopped", () -> isStopped(pid));
        var sockets = Set.copyOf(Descriptors.sockets(pid));
        var held = TcpTable.read().stream()
                .filter(row -> row.localPort() == server.port() && !row.isListening() && sockets.contains(row.inode()))
                .map(TcpTable.Row::remotePort)
                .collect(Collectors.toSet());
        // On a machine that is busy the parent may have been faster: it kills what is stopped for five seconds.
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        return held;
    }

    /** With all its threads: one that stops a little later than the first may accept a connection before. */
    private static boolean isStopped(long pid) throws IOException {
        try (var threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads) {
                var stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            return Files.notExists(Path.of("/proc/" + pid)); // and else a thread has just ended, so they run
        }
    }

    static List<Long> alive(List<Long> pids) {
        return pids.stream()
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }

    /** All of its processes have ended, and nothing of it is left. */
    static void awaitEnd(JettyServer server, List<Long> children) throws Exception {
        awaitProcesses(server, children);
        server.close();
    }

    /** The output ends when the last process that holds it has ended, be it a child of a killed parent. */
    static void awaitProcesses(JettyServer server, List<Long> children) throws Exception {
        server.process().onExit().get(DEADLINE, TimeUnit.SECONDS);
        server.log().ended().get(DEADLINE, TimeUnit.SECONDS);
        for (long child : children) {
            var handle = ProcessHandle.of(child);
            if (handle.isPresent()) {
                handle.get().onExit().get(DEADLINE, TimeUnit.SECONDS);
            }
        }
        assertEquals(List.of(), JettyServer.processesOf(server.base()));
    }

    /** Stops a server in the middle of the request {@link #POST_IN_FLIGHT}, which a child has begun and has to finish. */
    static void assertFinishedWhenTheServerStops(JettyServer server, Socket inFlight, List<Long> children)
            throws Exception {
        signal("TERM", server.process().pid());
        said(server, "Stopped oejs.Server@\\w+\\{STOPPING}\\[[^]]*sto=30000]", 1); // by the child, which drains
        ask(inFlight, "abc");

        var answer = new String(inFlight.getInputStream().readAllBytes(), US_ASCII);
        assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("3 bytes, SHA-256 ba7816bf"), answer);
        for (long child : children) {
            said(
                    server,
                    "child " + child + " \\(slot \\d+\\) ended after \\d+ s and \\d+ connections as it was asked to",
                    1);
        }
        said(server, "children ended: GRACEFUL", 1);
        awaitEnd(server, children);
    }

    static List<Path> workDirectories(JettyBase base) throws IOException {
        try (Stream<Path> entries = Files.list(base.directory().resolve("tmp"))) {
            return new ArrayList<>(
                    entries.filter(it -> it.getFileName().toString().startsWith("jetty-mpm-"))
                            .toList());
        }
    }
}
