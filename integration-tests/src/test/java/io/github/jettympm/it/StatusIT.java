package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.portOf;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.RequestStatus;
import io.github.jettympm.status.StateFile;
import io.github.jettympm.status.StatusReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tool reads of a server that has both: prefork with children, and event in the parent. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("once")
class StatusIT {
    private static final String ADDED = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <Call name="addConnector"><Arg>
                <New class="io.github.jettympm.event.EventConnector">
                  <Arg name="server"><Ref refid="Server"/></Arg>
                  <Set name="port"><Property name="second.port"/></Set>
                </New>
              </Arg></Call>
              <Call name="addBean"><Arg><New class="io.github.jettympm.status.StatusBoard"/></Arg></Call>
            </Configure>
            """;

    @Test
    void toolSeesAllConnectorsAndWhatTheyServe() throws Exception {
        JettyBase base = base("status");
        base.unpack(base.home().dropIns().resolve(Model.EVENT.dropIn().orElseThrow()));
        base.expectBeside("EventConnector");
        base.write("etc/second.xml", ADDED);
        try (var server = base.start("jetty.prefork.startServers=2", "second.port=0", "etc/second.xml")) {
            toolSeesAllConnectorsAndWhatTheyServe(server);
        }
        assertFalse(Files.exists(StateFile.in(base.directory())));
    }

    private static void toolSeesAllConnectorsAndWhatTheyServe(JettyServer server) throws Exception {
        List<Long> children = ready(server, 2);
        JettyBase base = server.base();
        try (var atChild = new Socket("127.0.0.1", server.port());
                var atParent = new Socket("127.0.0.1", portOf(server, "EventConnector"))) {
            ask(atChild, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(atChild));
            ask(atParent, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(atParent));

            StateFile state = StateFile.read(base.directory()); // which does not change any more
            assertEquals(server.process().pid(), state.pid());
            for (Path scoreboard : state.scoreboards()) {
                assertEquals(state, StateFile.readFile(scoreboard.resolveSibling("server.state")));
            }

            List<ConnectorStatus> connectors =
                    StatusReader.read(base.directory()).connectors();
            assertEquals(
                    List.of("prefork", "event"),
                    connectors.stream().map(ConnectorStatus::model).toList());
            assertEquals(
                    children.stream().sorted().toList(),
                    connectors.get(0).processes().stream()
                            .map(ProcessStatus::pid)
                            .sorted()
                            .toList());
            assertTrue(connectors.get(0).processes().stream().allMatch(it -> it.state() == SlotState.READY));
            assertEquals(
                    List.of(server.process().pid()),
                    connectors.get(1).processes().stream()
                            .map(ProcessStatus::pid)
                            .toList());
            connectors.forEach(StatusIT::assertServesThePost);

            signal("KILL", children.get(0));
            said(server, "child " + children.get(0) + " .* killed by signal 9 .*; starting another", 1);
            assertEquals(
                    Map.of("signal 9", 1L),
                    StatusReader.read(base.directory()).connectors().get(0).crashes());
        }
    }

    private static void assertServesThePost(ConnectorStatus connector) {
        List<RequestStatus> running = connector.processes().stream()
                .flatMap(process -> process.threads().stream())
                .filter(row -> row.activity() == Activity.WRITING)
                .toList();
        assertEquals(1, running.size(), connector::toString);
        assertEquals("POST /echo/digest", running.get(0).request());
        assertEquals("127.0.0.1", running.get(0).client());
    }
}
