package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ARCHIVE;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Applications of every Servlet generation see in which child they are, when they start and later. Their classes have the
 * same names in several versions, and there is an archive for all that.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class SlotAttributesIT {
    private static final List<String> ENVIRONMENTS = List.of("ee8", "ee9", "ee10", "ee11");

    @Test
    void everyEnvironmentHasThemInItsServletContext() throws Exception {
        var base = JettyHome.ofBuild().createBase("slot-attributes", Model.PREFORK);
        var modules = new ArrayList<>(List.of(Model.PREFORK.module()));
        for (var environment : ENVIRONMENTS) {
            modules.addAll(List.of(environment + "-deploy", environment + "-annotations"));
        }
        base.addModules(modules);
        for (var environment : ENVIRONMENTS) {
            CompiledWar.deploy(base, "slot", environment, List.of("SlotServlet.java"));
        }
        try (var server = base.start("jetty.prefork.startServers=2", ARCHIVE)) {
            ready(server, 2);
            said(server, "class-data archive for the next children: \\d+ KB", 1);
            for (var environment : ENVIRONMENTS) {
                var answer = ask(server, environment);
                var expected = environment + " at start (0\\.[01]) g1, now \\1 g1, listed true";
                assertTrue(answer.matches(expected), answer);
            }
        }
    }

    private static String ask(JettyServer server, String environment) throws IOException {
        try (var socket = new Socket("localhost", server.port())) {
            PreforkServers.ask(socket, "GET /slot-" + environment + "/ HTTP/1.0\r\n\r\n");
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
        }
    }
}
