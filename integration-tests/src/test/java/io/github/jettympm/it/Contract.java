package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.StatusReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a connector has to do: answer as the stock connector does. Each test is a conversation that is had with both.
 * The stock connector takes the test, too, in a second server, which shows that the answers can be compared at all.
 */
@ExtendWith(Expectations.Resolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Contract {
    private final Site site;
    private final Model model;
    private Expectations expectations;
    private OpenSite open;
    private String test;

    Contract(Site site, Model model) {
        this.site = site;
        this.model = model;
    }

    @BeforeAll
    void open(Expectations expectations) throws Exception {
        this.expectations = expectations;
        this.open = site.open(model, model.name().toLowerCase(Locale.ROOT));
        if (model.processes() > 1) { // one that comes later may find that all connections are taken
            PreforkServers.ready(open.server(), model.processes() * connectors().size());
        }
    }

    private List<ConnectorStatus> connectors() throws IOException {
        return StatusReader.read(open.server().base().directory()).connectors();
    }

    /** A server that does not stop cleanly fails the class, and so does one of whose processes not all have served. */
    @AfterAll
    void close() throws Exception {
        if (open != null) {
            try {
                assertAllProcessesHaveServed();
            } finally {
                open.close();
            }
        }
    }

    private void assertAllProcessesHaveServed() throws Exception {
        if (model.processes() > 1) {
            for (var connector : connectors()) {
                var connections = connector.processes().stream()
                        .map(ProcessStatus::connections)
                        .toList();
                assertEquals(model.processes(), connections.size(), connections::toString);
                assertFalse(connections.contains(0L), connections::toString);
            }
        }
    }

    @BeforeEach
    void name(TestInfo info) {
        test = info.getTestMethod().orElseThrow().getName();
    }

    /** Has the conversation with the stock connector (once per run) and with this one, and compares every answer. */
    public void sameAsStock(Conversation conversation) throws Exception {
        var expected = expectations.of(site, test, conversation);
        var visit = open.visit();

        conversation.with(visit);

        var difference = Difference.between(expected, visit.transcript().lines());
        if (!difference.isEmpty()) {
            fail("%s answers otherwise than the stock connector (-: stock, +: %s):\n%s"
                    .formatted(model, model, difference));
        }
    }
}
