package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.docs.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A systemd that has booted runs a server with the units that the page for operators has. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
@Tag("long")
class SystemdIT {
    private static final String SERVICE = "shop.service";
    private static final String SOCKET = "shop.socket";

    private static String unit(String name) {
        return Sample.of("operations.md", "# /etc/systemd/system/" + name + "\n");
    }

    private static void writeService(Path units, JettyBase base, String properties) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var start = base.home().startJar().toString();
        Systemd.write(
                units,
                SERVICE,
                unit(SERVICE)
                        .replace("User=shop\n", "")
                        .replace("/srv/shop", base.directory().toString())
                        .replace(
                                "/usr/bin/java",
                                java + " -Djava.io.tmpdir=" + base.directory().resolve("tmp"))
                        .replace("/opt/jetty-home/start.jar", start + " jetty.prefork.startServers=2 " + properties)
                        .replace(
                                "[Install]",
                                "StandardOutput=append:" + units.resolve("service.log")
                                        + "\nStandardError=inherit\n[Install]"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The process that answers. */
    private static String servedBy(int port) throws IOException {
        var connection =
                URI.create("http://127.0.0.1:" + port + "/echo/process").toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes()).strip();
        }
    }

    @Test
    void serviceIsStartedReloadedRevivedAndStopped() throws Exception {
        var base = PreforkServers.base("systemd");
        var units = base.directory().resolve("units");
        int port = freePort();
        writeService(units, base, "jetty.http.port=" + port);
        try (var systemd = Systemd.boot(units)) {
            systemd.systemctl("start", SERVICE);
            assertEquals("active", systemd.property(SERVICE, "ActiveState"));
            Await.until(
                    "no status", () -> systemd.property(SERVICE, "StatusText").startsWith("serving in "));
            var first = servedBy(port);

            systemd.systemctl("reload", SERVICE);
            Await.until(
                    "still reloading",
                    () -> systemd.property(SERVICE, "ActiveState").equals("active")
                            && !servedBy(port).equals(first));

            var main = systemd.property(SERVICE, "MainPID");
            systemd.kill(main);
            Await.until(
                    "not started anew",
                    () -> systemd.property(SERVICE, "NRestarts").equals("1")
                            && systemd.property(SERVICE, "ActiveState").equals("active"));
            assertNotEquals(main, systemd.property(SERVICE, "MainPID"));
            assertTrue(Integer.parseInt(servedBy(port)) > 0);

            systemd.systemctl("stop", SERVICE);
            assertEquals("inactive", systemd.property(SERVICE, "ActiveState"));
            assertEquals("success", systemd.property(SERVICE, "Result"));
            assertEquals(List.of(), JettyServer.processesOf(base));
        }
    }

    @Test
    void firstClientOfTheSocketStartsTheService() throws Exception {
        var base = PreforkServers.base("systemd-socket");
        var units = base.directory().resolve("units");
        int port = freePort();
        writeService(units, base, "jetty.http.port=" + port + " jetty.http.inheritChannel=true");
        Systemd.write(units, SOCKET, unit(SOCKET).replace("ListenStream=80", "ListenStream=127.0.0.1:" + port));
        try (var systemd = Systemd.boot(units)) {
            systemd.systemctl("start", SOCKET);
            assertEquals("inactive", systemd.property(SERVICE, "ActiveState"));

            assertTrue(Integer.parseInt(servedBy(port)) > 0);

            systemd.systemctl("stop", SOCKET, SERVICE);
            assertEquals("success", systemd.property(SERVICE, "Result"));
            assertEquals(List.of(), JettyServer.processesOf(base));
        }
    }
}
