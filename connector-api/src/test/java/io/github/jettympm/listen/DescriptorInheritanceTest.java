package io.github.jettympm.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.ListenSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DescriptorInheritanceTest {
    private final List<Process> children = new ArrayList<>();
    private ServerSocketChannel channel;

    @AfterEach
    void endAll() throws Exception {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
        if (channel != null) {
            channel.close();
        }
    }

    private void bind(String host) throws IOException {
        channel = ListeningSockets.bind(new ListenSettings(host, 0, 0, true, false));
    }

    /** Starts a child and waits until it is about to accept. */
    private Process startChild() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), AcceptingChild.class.getName());
        Process child = DescriptorInheritance.start(builder, channel);
        children.add(child);
        assertEquals("ready", child.inputReader().readLine());
        return child;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), channel.socket().getLocalPort());
    }

    private static long servedBy(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        return Long.parseLong(lines.readLine());
    }

    private static Path stdin() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/0"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void childAcceptsOnTheSocketOfItsParent(String host) throws Exception {
        bind(host);

        Process child = startChild();

        try (Socket client = connect()) {
            assertEquals(child.pid(), servedBy(client));
        }
    }

    @Test
    void standardInputOfTheParentIsWhatItWas() throws Exception {
        bind("127.0.0.1");
        Path before = stdin();

        startChild();

        assertEquals(before, stdin());
    }

    @Test
    void standardInputIsRestoredWhenTheProcessCannotBeStarted() throws Exception {
        bind("127.0.0.1");
        Path before = stdin();

        assertThrows(
                IOException.class, () -> DescriptorInheritance.start(new ProcessBuilder("/no/such/program"), channel));

        assertEquals(before, stdin());
    }

    @Test
    void twoChildrenShareThePort() throws Exception {
        bind("127.0.0.1");
        startChild();
        startChild();

        try (Socket first = connect();
                Socket second = connect()) {
            assertNotEquals(servedBy(first), servedBy(second)); // each serves one at a time
        }
    }

    @Test
    void childThatDiesTakesNoWaitingConnectionWithIt() throws Exception {
        bind("127.0.0.1");
        Process busy = startChild();

        try (Socket served = connect();
                Socket waiting = connect()) {
            assertEquals(busy.pid(), servedBy(served));
            busy.destroyForcibly().waitFor();
            Process next = startChild();
            assertEquals(next.pid(), servedBy(waiting));
        }
    }

    @Test
    void childThatClosesTheSocketKeepsItsOutputAndThePortOpen() throws Exception {
        bind("127.0.0.1");
        Process child = startChild();

        try (Socket client = connect()) {
            servedBy(client);
            client.getOutputStream().write("close\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("still heard on standard output", child.inputReader().readLine());
            assertTrue(child.errorReader().lines().anyMatch("still heard on standard error"::equals)); // JNA warns, too
            assertEquals(0, child.waitFor());
        }

        Process next = startChild();
        try (Socket client = connect()) {
            assertEquals(next.pid(), servedBy(client));
        }
    }

    @Test
    void processThatInheritedNothingSaysSo() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process orphan = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), AcceptingChild.class.getName())
                .start();
        children.add(orphan);
        orphan.getOutputStream().close();

        String error = new String(orphan.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(error.contains("descriptor 0 of this process is not a listening socket but null"), error);
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        bind("127.0.0.1");
        int port = channel.socket().getLocalPort();

        var e = assertThrows(
                IOException.class, () -> ListeningSockets.bind(new ListenSettings("127.0.0.1", port, 0, true, false)));

        assertEquals("Failed to bind to /127.0.0.1:" + port, e.getMessage());
    }
}
