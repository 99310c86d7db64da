package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The worker connector with virtual threads, as a real process in a real Jetty home. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class VirtualThreadsIT {
    private static final int MANY = 10_000;

    /** Those of the virtual machine and of the server's pool; a hundredth of what platform threads would be. */
    private static final int FEW_THREADS = 100;

    private static final String REQUEST = "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void tenThousandIdleConnectionsHoldWithoutAThreadEach() throws Exception {
        var base = JettyHome.ofBuild().createBase("virtual-threads", Model.WORKER);
        base.addModules(List.of(Model.WORKER.module(), "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        List<Socket> connections = new ArrayList<>();
        try (var server = base.start("jetty.worker.virtualThreads=true", "jetty.http.idleTimeout=600000")) {
            for (int i = 0; i < MANY; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                connections.add(socket);
                assertServed(socket);
            }

            assertTrue(threads(server) < FEW_THREADS, threads(server) + " threads");
            assertServed(connections.get(0));
            assertServed(connections.get(MANY / 2));
            assertServed(connections.get(MANY - 1));
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }

    private static void assertServed(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
        byte[] answer = new byte[8 * 1024];
        int length = socket.getInputStream().read(answer);
        assertEquals(
                "HTTP/1.1 200 OK",
                new String(answer, 0, length, US_ASCII).lines().findFirst().orElse(""));
    }

    private static int threads(JettyServer server) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + server.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .sum();
    }
}
