package io.github.jettympm.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read from a pipe cannot be interrupted
class ActivatedSocketTest {
    private static final long PID = 4711;

    private Process process;

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Puts the socket, which stands on descriptor 0, on descriptor 3, and becomes a virtual machine. */
    private void start(String variables, ServerSocketChannel channel) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                "sh",
                "-c",
                "exec 3<&0 0</dev/null; export " + variables + "; exec \"$@\"",
                "sh",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                ActivatedChild.class.getName());
        process = DescriptorInheritance.start(builder, channel);
    }

    private static String refusal(Map<String, String> environment) {
        return assertThrows(IOException.class, () -> ActivatedSocket.take(environment, PID))
                .getMessage();
    }

    @Test
    void socketOnDescriptorThreeIsTakenAndStandardDescriptorsStay() throws Exception {
        try (var channel = ListeningSockets.bind(new ListenSettings("127.0.0.1", 0, 0, true, false))) {
            start("LISTEN_PID=$$ LISTEN_FDS=1", channel);
            assertEquals("ready", process.inputReader().readLine());

            try (var client = new Socket(
                    InetAddress.getLoopbackAddress(), channel.socket().getLocalPort())) {
                var lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                assertEquals(process.pid(), Long.parseLong(lines.readLine()));
            }

            assertEquals("/dev/null", process.inputReader().readLine());
            assertEquals("still heard", process.inputReader().readLine());
        }
    }

    @Test
    void socketOfAnotherProcessIsNotTaken() throws Exception {
        try (var channel = ListeningSockets.bind(new ListenSettings("127.0.0.1", 0, 0, true, false))) {
            start("LISTEN_PID=1 LISTEN_FDS=1", channel);

            String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(error.contains("LISTEN_PID=1 is not this process, " + process.pid()), error);
            assertTrue(error.contains("--exec"), error);
        }
    }

    @Test
    void severalSocketsAreRefusedWithTheirNames() {
        String refusal =
                refusal(Map.of("LISTEN_PID", "4711", "LISTEN_FDS", "2", "LISTEN_FDNAMES", "http.socket:https.socket"));

        assertTrue(refusal.startsWith("LISTEN_FDS=2, LISTEN_FDNAMES=http.socket:https.socket: "), refusal);
        assertTrue(refusal.contains("exactly 1 socket"), refusal);
    }

    @Test
    void withoutAProcessThereIsNoSocket() {
        String refusal = refusal(Map.of("LISTEN_FDS", "1"));

        assertTrue(refusal.startsWith("LISTEN_PID (not set) is not this process, 4711"), refusal);
    }

    @Test
    void whatDoesNotListenIsRefused() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec 3</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=x; exec \"$@\"",
                        "sh",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ActivatedChild.class.getName())
                .start();

        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(error.contains("descriptor 3, LISTEN_FDNAMES=x, is not a listening socket of TCP"), error);
    }

    @Test
    void nothingIsOfferedWithoutTheVariable() {
        assertFalse(ActivatedSocket.isOffered(Map.of()));
        assertTrue(ActivatedSocket.isOffered(Map.of("LISTEN_FDS", "1")));
    }
}
