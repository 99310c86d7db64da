package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The module {@code mpm-status} in a real Jetty base: one process or several, the answer is about all. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class StatusPageIT {
    static final String PATH = "/server-status";

    static JettyBase base(String name, Model model) throws Exception {
        var base = JettyHome.ofBuild().createBase("status-" + name, model);
        base.addModules(List.of(model.module(), "mpm-status", "jmx", "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }

    static String get(JettyServer server, String target) throws Exception {
        try (var socket = new Socket("localhost", server.port())) {
            PreforkServers.ask(socket, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void aChildOfPreforkTellsOfTheOthers() throws Exception {
        // The connection that is held is to keep its child.
        try (var server = base("prefork", Model.PREFORK)
                .start("jetty.prefork.startServers=2", "jetty.prefork.keepAliveUnderPressure=-1")) {
            List<Long> children = PreforkServers.ready(server, 2);
            PreforkServers.servedBy(server);
            try (var held = new Socket("localhost", server.port())) {
                PreforkServers.ask(held, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
                long holder = PreforkServers.process(held);
                assertTrue(children.contains(holder));

                assertForms(server);
                assertTrue(get(server, PATH + "?json").contains("\"storedSessions\":0,"));
                get(server, "/echo/session");
                Await.until(
                        "the session is stored",
                        () -> get(server, PATH + "?json").contains("\"storedSessions\":1,"));
                String auto = get(server, PATH + "?auto");
                assertTrue(auto.contains("\nServerMPM: prefork\n"), auto);
                // The other child is the one that answers, and it knows what the holder does.
                Await.until(
                        "one keeps a connection and the other answers: " + auto,
                        () -> get(server, PATH + "?auto")
                                .matches("(?s).*\nBusyWorkers: 2\n.*\nScoreboard: (KW|WK)[.]*\n"));
                assertTrue(
                        get(server, PATH).contains("<td class=\"long\" data-label=\"Request\">GET /echo/process</td>"));
                for (long child : children) {
                    assertTrue(get(server, PATH + "?json").contains("\"pid\":" + child + ","));
                }
            }
            assertChildrenAreManaged(server, children);
        }
    }

    @Test
    void eventTellsOfItselfAndRefusesWhoIsNotAllowed() throws Exception {
        var base = base("event", Model.EVENT);
        try (var server = base.start()) {
            assertForms(server);
            String auto = get(server, PATH + "?auto");
            assertTrue(auto.matches("(?s).*\nConnsTotal: \\d+\n.*\nScoreboard: [_W]*W[_W]*\n"), auto);
        }
        try (var server = base.start("jetty.mpm.status.allow=192.0.2.0/24", "jetty.mpm.status.path=/manage")) {
            assertTrue(get(server, "/manage").startsWith("HTTP/1.1 403 "));
            assertTrue(get(server, PATH).startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void listThatMakesNoSenseIsRefused() throws Exception {
        var base = JettyHome.ofBuild().createBase("status-refused", Model.EVENT);
        base.addModules(List.of(Model.EVENT.module(), "mpm-status"));

        var failure = assertThrows(IllegalStateException.class, () -> base.start("jetty.mpm.status.allow=here"));

        assertTrue(
                failure.getMessage().contains("jetty.mpm.status.allow=here is not understood at here"),
                failure::getMessage);
    }

    /** By the JMX of the parent, as a console on the same machine uses it. */
    private static void assertChildrenAreManaged(JettyServer server, List<Long> children) throws Exception {
        var parent = VirtualMachine.attach(Long.toString(server.process().pid()));
        var address = new JMXServiceURL(parent.startLocalManagementAgent());
        parent.detach();
        try (var connection = JMXConnectorFactory.connect(address)) {
            var beans = connection.getMBeanServerConnection();
            var figures = only(beans, "io.github.jettympm.status:type=connectorfigures,*");
            var table = (TabularData) beans.getAttribute(figures, "children");
            var first = table.get(new Object[] {0L});
            assertEquals(children.size(), table.size());
            assertTrue(children.contains((long) first.get("pid")), first::toString);
            assertTrue((long) beans.getAttribute(figures, "requests") > 0);

            var connector = only(beans, "io.github.jettympm.prefork:type=preforkconnector,*");
            beans.invoke(connector, "drain", new Object[] {0}, new String[] {"int"});
            PreforkServers.said(server, "child " + first.get("pid") + " .* an operator wants it", 1);
            PreforkServers.ready(server, children.size() + 1);

            beans.invoke(connector, "gracefulRestart", new Object[0], new String[0]);
            PreforkServers.said(server, "generation 2 is ready", 1);
            PreforkServers.said(server, "another child has taken its place", children.size());
        }
    }

    private static ObjectName only(MBeanServerConnection beans, String pattern) throws Exception {
        var names = beans.queryNames(new ObjectName(pattern), null);
        assertEquals(1, names.size(), pattern + ": " + names);
        return names.iterator().next();
    }

    private static void assertForms(JettyServer server) throws Exception {
        String page = get(server, PATH);
        assertTrue(page.contains("Content-Type: text/html") && page.contains("<table>"), page);
        String json = get(server, PATH + "?json");
        assertTrue(json.contains("Content-Type: application/json") && json.contains("\"connectors\":[{"), json);
        String metrics = get(server, PATH + "?openmetrics");
        assertTrue(metrics.contains("\njetty_mpm_requests_total{") && metrics.endsWith("\n# EOF\n"), metrics);
        String auto = get(server, PATH + "?auto");
        long before = number(auto, "Total Accesses");
        assertTrue(number(auto, "Total Duration") >= 0 && number(auto, "Uptime") >= 0, auto);
        // A request is counted when its answer is out: the next one may be answered before that.
        Await.until(
                "no access was counted after " + auto,
                () -> number(get(server, PATH + "?auto"), "Total Accesses") > before);
    }

    private static long number(String auto, String key) {
        var line = Pattern.compile("(?m)^" + key + ": (\\d+)$").matcher(auto);
        assertTrue(line.find(), key + " is not in " + auto);
        return Long.parseLong(line.group(1));
    }
}
