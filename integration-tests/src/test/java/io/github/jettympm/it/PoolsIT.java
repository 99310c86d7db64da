package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.StatusReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two connectors with children in one server, as the modules make them: each has its own, with settings of its own. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PoolsIT {
    private static final long MB = 1024 * 1024;
    private static final String STARTED_APPLICATION = "Started oeje10w\\.WebAppContext@";

    @Test
    void poolsHaveTheirOwnSizesAndNames() throws Exception {
        var base = base();
        var clients = Clients.trusting(Site.keyStore(base.directory()), Site.PASSWORD);
        try (var server = base.start(
                "jetty.prefork.ssl.startServers=2",
                "jetty.prefork.ssl.serverLimit=7",
                "jetty.prefork.jvmArgs=" + heap())) {
            said(
                    server,
                    "WARN .*: 2 children of .*, and those of the other connectors \\d+ MB, but .*jetty\\.prefork\\.ssl\\.jvmArgs",
                    1);
            said(server, "child \\d+ \\(slot 0 of connector 0\\) ready", 1);
            said(server, "child \\d+ \\(slot [01] of connector 1\\) ready", 2);

            assertEquals(List.of("1 of 2 at slots [0]", "2 of 7 at slots [0, 1]"), sizes(base));
            assertEquals("ee10 at start 0.0 g1, now 0.0 g1, listed true", askClear(server));
            try (var socket = clients.tls().getSocketFactory().createSocket("localhost", server.tlsPort())) {
                var answer = ask(socket);
                assertTrue(answer.matches("ee10 at start 1\\.[01] g1, now 1\\.[01] g1, listed true"), answer);
            }

            said(server, "^\\[prefork-0\\.0 g1] .*" + STARTED_APPLICATION, 1);
            said(server, "^\\[prefork-1\\.0 g1] .*" + STARTED_APPLICATION, 1);
            said(server, "^\\[prefork-1\\.1 g1] .*" + STARTED_APPLICATION, 1);
            assertParentRunsNoApplication(server);

            signal("HUP", server.process().pid());
            said(server, "^\\[prefork-0\\.1 g2] .*" + STARTED_APPLICATION, 1);
            said(server, "child \\d+ \\(slot 2 of connector 1\\) ready", 1);
            assertParentRunsNoApplication(server);
            assertFalse(
                    Files.readString(base.directory().resolve("server.log")).contains("this process runs the appl"));
        }
    }

    private static JettyBase base() throws Exception {
        var base = JettyHome.ofBuild().createBase("pools", Model.PREFORK);
        base.addModules(
                List.of(Model.PREFORK.module(), Model.PREFORK.tlsModule(), "https", "ee10-deploy", "ee10-annotations"));
        Site.giveKeyStore(base);
        CompiledWar.deploy(base, "slot", "ee10", List.of("SlotServlet.java"));
        return base;
    }

    /** There is room for two such children, but not for three. */
    private static String heap() {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "-Xms24m -Xmx" + machine.getTotalMemorySize() * 2 / 5 / MB + "m";
    }

    private static List<String> sizes(JettyBase base) throws IOException {
        return StatusReader.read(base.directory()).connectors().stream()
                .map(PoolsIT::size)
                .toList();
    }

    private static String size(ConnectorStatus connector) {
        return connector.processes().size() + " of " + connector.slots() + " at slots "
                + connector.processes().stream()
                        .map(ProcessStatus::slot)
                        .sorted()
                        .toList();
    }

    /** Each line of a child has its name in front. */
    private static void assertParentRunsNoApplication(JettyServer server) throws IOException {
        var own = Pattern.compile("^(?!\\[prefork-).*" + STARTED_APPLICATION);
        var lines = Files.readAllLines(server.base().directory().resolve("server.log"));
        assertEquals(
                List.of(), lines.stream().filter(it -> own.matcher(it).find()).toList());
    }

    private static String askClear(JettyServer server) throws IOException {
        try (var socket = new Socket("localhost", server.port())) {
            return ask(socket);
        }
    }

    private static String ask(Socket socket) throws IOException {
        PreforkServers.ask(socket, "GET /slot-ee10/ HTTP/1.0\r\n\r\n");
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
    }
}
