package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a server that clients leave no descriptor to accept another connection with (EMFILE). The other error
 * of accept(2) that clients can cause elsewhere, ECONNABORTED, cannot be caused on Linux: it hands out a connection that
 * was reset in the queue like any other.
 */
@Timeout(60)
public abstract class DescriptorsContract {
    /** A JVM with Jetty needs less than half of it. */
    private static final int DESCRIPTORS = 160;

    /** Several times as long as a connector waits before it tries to accept again. */
    private static final Duration ATTEMPTS = Duration.ofMillis(500);

    /** Longer than a child waits before it looks again for its parent. */
    private static final Duration PARENT_CHECKS = Duration.ofMillis(2500);

    private static final byte[] GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private final Deque<Socket> clients = new ArrayDeque<>();
    private final Class<? extends AbstractNetworkConnector> connectorClass;
    private final List<String> settings;
    private Process server;
    private int port;

    /**
     * Names the connector.
     *
     * @param connectorClass a class with a constructor that takes a server
     * @param settings those of the connector, as {@code name=value}
     */
    protected DescriptorsContract(Class<? extends AbstractNetworkConnector> connectorClass, String... settings) {
        this.connectorClass = connectorClass;
        this.settings = List.of(settings);
    }

    @BeforeEach
    void startServer() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "ulimit -n " + DESCRIPTORS + "; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                CrowdedServer.class.getName(),
                connectorClass.getName()));
        command.addAll(settings);
        server = new ProcessBuilder(command).redirectError(log().toFile()).start();
        port = ServerProcess.port(server.inputReader().readLine());
    }

    @AfterEach
    void endServer() throws Exception {
        closeClients();
        List<ProcessHandle> children = server.descendants().toList();
        server.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.destroyForcibly();
            child.onExit().join();
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** What the server has said that an operator should read. */
    List<String> complaints() {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(":WARN") || line.contains(":ERROR"))
                    .filter(line -> !line.contains("run as root"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isExhausted(int before) {
        return complaints().size() > before;
    }

    /** Opens connections and keeps them until one is not served any more. */
    private void exhaustDescriptors() throws IOException {
        int before = complaints().size();
        while (!isExhausted(before)) {
            Socket client = connect();
            Site.await("neither served nor refused", () -> isAnswered(client) || isExhausted(before));
            assertTrue(clients.size() < DESCRIPTORS, "more connections than descriptors");
        }
        connect(); // and one that waits
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.add(client);
        client.getOutputStream().write(GET);
        return client;
    }

    private static boolean isAnswered(Socket client) {
        try {
            return client.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void closeClients() throws IOException {
        while (!clients.isEmpty()) {
            clients.remove().close();
        }
    }

    /** Waits until a new connection is served. */
    private void awaitServed() throws IOException {
        Socket client = connect();
        Site.await("not served", () -> isAnswered(client));
    }

    /** Is served on the oldest connection for as long as what a lack of descriptors could harm takes to come. */
    private void useOldestConnection() throws IOException {
        Socket oldest = clients.getFirst();
        long end = System.nanoTime() + (settings.isEmpty() ? ATTEMPTS : PARENT_CHECKS).toNanos();
        while (System.nanoTime() - end < 0) {
            oldest.getInputStream().skipNBytes(oldest.getInputStream().available());
            oldest.getOutputStream().write(GET);
            Site.await("not served", () -> isAnswered(oldest));
        }
    }

    @Test
    void serverThatRunsOutOfDescriptorsServesOnAndAcceptsAgain() throws Exception {
        for (int times = 1; times <= 2; times++) {
            exhaustDescriptors();
            useOldestConnection();
            closeClients();
            awaitServed();

            check(times);
        }
    }

    /** Looks at what the server has said when it has been out of descriptors so many times. */
    void check(int times) {}
}
