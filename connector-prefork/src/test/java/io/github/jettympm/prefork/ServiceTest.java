package io.github.jettympm.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.listen.ListeningSockets;
import io.github.jettympm.settings.ListenSettings;
import io.github.jettympm.systemd.NotifyListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A parent with a child, real processes, started as systemd starts one: with a socket on descriptor 3 and a notify socket. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read from a pipe cannot be interrupted
@Tag("once")
class ServiceTest {
    @TempDir
    private Path base;

    private Process parent;

    @AfterEach
    void leaveNoProcess() throws Exception {
        if (parent != null) {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly().waitFor();
        }
    }

    private BufferedReader start(ServerSocketChannel channel, String variables) throws IOException {
        Files.writeString(base.resolve("jetty-logging.properties"), "io.github.jettympm.LEVEL=INFO\n");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                "sh",
                "-c",
                "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 " + variables + "; exec \"$@\"",
                "sh",
                java,
                "-XX:TieredStopAtLevel=1",
                "-Djetty.base=" + base,
                "-Djava.io.tmpdir=" + base,
                "-cp",
                base + ":" + System.getProperty("java.class.path"),
                ServiceProcess.class.getName());
        builder.redirectErrorStream(true);
        parent = DescriptorInheritance.start(builder, channel);
        return parent.inputReader();
    }

    private static String get(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private void signal(String name) throws Exception {
        var kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + parent.pid()).inheritIO();
        assertEquals(0, kill.start().waitFor());
    }

    /** Reads on until a line matches. */
    private static String awaitLine(BufferedReader lines, String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        var read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (pattern.matcher(line).find()) {
                return line;
            }
        }
        throw new IOException("no line with " + regex + " in\n" + read);
    }

    @Test
    void serviceManagerIsToldFromStartToEnd() throws Exception {
        String address = base.resolve("notify").toString();
        try (var channel = ListeningSockets.bind(new ListenSettings("127.0.0.1", 0, 0, true, false));
                var manager = new NotifyListener(address)) {
            int port = channel.socket().getLocalPort();
            BufferedReader lines = start(channel, "NOTIFY_SOCKET=" + address + " WATCHDOG_USEC=2000000");

            manager.await("READY=1\nSTATUS=serving");
            assertEquals("connector 0, slot 0 0 0, generation 1, variables []", get(port));
            manager.await("WATCHDOG=1");
            awaitLine(lines, "^\\[prefork-0 g1\\] .*Started oejs.Server@");

            signal("HUP");
            String reloading = manager.await("RELOADING=1");
            assertTrue(reloading.startsWith("RELOADING=1\nMONOTONIC_USEC="), reloading);
            manager.await("READY=1");
            awaitLine(lines, "child \\d+ \\(slot 0\\) ended after .* as it was asked to");
            assertEquals("connector 0, slot 1 1 1, generation 2, variables []", get(port));

            signal("USR2");
            String summary = awaitLine(lines, "SIGUSR2: ");
            assertTrue(summary.contains(":" + port + ": 1 children of at most 2, generation 2, "), summary);

            signal("TERM");
            manager.await("STOPPING=1");
            String last = lines.lines().collect(Collectors.joining("\n")); // of child and parent, in either order
            assertTrue(
                    Pattern.compile("(?m)^\\[prefork-1 g2\\] .*ends with its last words")
                            .matcher(last)
                            .find(),
                    last);
            assertTrue(last.contains("children ended: GRACEFUL"), last); // its output outlives the inherited socket
            assertEquals(143, parent.waitFor());
        }
    }

    @Test
    void secondSocketIsRefused() throws Exception {
        try (var channel = ListeningSockets.bind(new ListenSettings("127.0.0.1", 0, 0, true, false))) {
            BufferedReader lines = start(channel, "LISTEN_FDS=2 LISTEN_FDNAMES=http:https");

            awaitLine(lines, "LISTEN_FDS=2, LISTEN_FDNAMES=http:https: a Java process can take exactly 1 socket");
            assertEquals(1, parent.waitFor());
        }
    }
}
