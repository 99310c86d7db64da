package io.github.jettympm.event;

import static io.github.jettympm.contract.Handlers.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.contract.Client;
import io.github.jettympm.contract.Site;
import io.github.jettympm.contract.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventConnectorTest {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    private final Site site =
            new Site((server, factories) -> new EventConnector(server, -1, 3, factories), Transport.CLEAR_TEXT);

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private static Set<String> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.endsWith("-loop"))
                .collect(Collectors.toSet());
    }

    @Test
    void loopsAreNamedAfterTheModel() throws Exception {
        site.start(answering(request -> "hello"));

        assertEquals(Set.of("event-0-loop", "event-1-loop", "event-2-loop"), loops());
    }

    @Test
    void portIsFreeAsSoonAsTheConnectorHasStopped() throws Exception {
        site.start(answering(request -> "hello"));
        site.connector().setPort(site.connector().getLocalPort());

        for (int i = 0; i < 5; i++) {
            site.connect().send(GET).receive();
            site.connector().stop();
            site.connector().start();
        }

        assertEquals("200 hello", site.connect().send(GET).receive().summary());
    }

    @Test
    void noLoopIsLeftAfterTheStop() throws Exception {
        site.start(answering(request -> "hello"));
        site.connect().send(GET).receive();

        site.connector().stop();

        assertEquals(Set.of(), loops());
    }

    @Test
    void requestsRunOnThreadsOfTheServer() throws Exception {
        site.start(answering(request -> Thread.currentThread().getName()));

        String thread = site.connect().send(GET).receive().text();

        assertTrue(thread.startsWith("qtp"), thread);
    }

    @Test
    void idleConnectionsHoldNoThread() throws Exception {
        site.start(answering(request -> "hello"));

        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Client client = site.connect();
            assertEquals("200 hello", client.send(GET).receive().summary());
            clients.add(client);
        }

        assertEquals(500, site.connector().getConnectedEndPoints().size());
        assertTrue(site.server.getThreadPool().getThreads() < 100);
        for (Client client : clients) {
            assertEquals("200 hello", client.send(GET).receive().summary());
        }
    }

    @Test
    void numberOfLoopsIsThatOfTheSelectors() {
        assertEquals(7, new EventConnector(new Server(), -1, 7).getSelectors());
        assertTrue(new EventConnector(new Server()).getSelectors() >= 1);
    }

    @Test
    void tooManyLoopsAreRefusedAtStart() throws Exception {
        EventConnector connector = new EventConnector(new Server(), -1, 1_001);

        var e = assertThrows(IllegalArgumentException.class, connector::start);

        assertEquals("jetty.http.selectors or jetty.ssl.selectors=1001 is out of range: use 1 to 1000", e.getMessage());
        connector.close();
    }
}
