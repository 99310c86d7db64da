package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answeringPath;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.AcceptRateLimit;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.junit.jupiter.api.Test;

/** What Jetty's limits, statistics and logs hear of connections. */
abstract class ObserverCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    @Test
    void statisticsCountConnectionsAndMessages() throws Exception {
        ConnectionStatistics statistics = new ConnectionStatistics();
        site.connector().addBean(statistics);
        site.start(answeringPath());
        int layers = site.transport().isSecure() ? 2 : 1; // TLS is a connection, and HTTP another

        Client client = site.connect();
        client.send(GET).receive();
        client.send(GET).receive();

        assertEquals(layers, statistics.getConnections());
        assertEquals(layers, statistics.getConnectionsTotal());
        client.close();
        site.awaitNoEndPoints();
        // Of a connection, its messages are counted last.
        Site.await("the messages were not counted", () -> messagesOfHttp(statistics) == 2);
        Site.await("the close was not counted", () -> statistics.getConnections() == 0);
        assertTrue(statistics.getReceivedBytes() >= 2 * GET.length());
        assertTrue(statistics.getSentBytes() > 0);
    }

    private static long messagesOfHttp(ConnectionStatistics statistics) {
        return statistics.getConnectionStatisticsGroups().entrySet().stream()
                .filter(group -> group.getKey().contains("HttpConnection"))
                .mapToLong(group -> group.getValue().getReceivedMessages())
                .sum();
    }

    @Test
    void acceptListenersHearOfEachStep() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        site.connector().addBean(new RecordingListener(events));
        site.start(answeringPath());

        Client client = site.connect();
        client.send(GET).receive();
        client.close();

        assertEquals("accepting", events.take());
        assertEquals("accepted", events.take());
        assertEquals("closed", events.take());
    }

    @Test
    void connectionListenersHearOfOpenAndClose() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        site.connector().addBean(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                events.add("opened " + connection.getClass().getSimpleName());
            }

            @Override
            public void onClosed(Connection connection) {
                events.add("closed " + connection.getClass().getSimpleName());
            }
        });
        site.start(answeringPath());

        Client client = site.connect();
        client.send(GET).receive();
        client.close();

        List<String> expected = site.transport().isSecure()
                ? List.of(
                        "opened SslConnection",
                        "opened HttpConnection",
                        "closed SslConnection",
                        "closed HttpConnection")
                : List.of("opened HttpConnection", "closed HttpConnection");
        for (int i = 0; i < expected.size(); i++) {
            String event = events.take();
            assertTrue(expected.contains(event), event);
        }
    }

    @Test
    @SuppressWarnings("removal") // it goes with Jetty 13; until then configurations have it
    void connectionLimitHoldsBackTheNextOne() throws Exception {
        assumeFalse(site.transport().isSecure(), "it counts TLS and what is in it as two");
        ConnectionLimit limit = new ConnectionLimit(1, site.connector());
        site.server.addBean(limit);
        site.start(answeringPath());

        Client first = site.connect();
        assertEquals("200 /", first.send(GET).receive().summary());
        assertEquals(1, limit.getConnections());
        assertFalse(site.connector().isAccepting());
        first.close();
        Site.await("the limit still holds", () -> site.connector().isAccepting());

        assertEquals("200 /", site.connect().send(GET).receive().summary());
    }

    @Test
    void networkConnectionLimitHoldsBackTheNextOne() throws Exception {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(1, site.connector());
        site.server.addBean(limit);
        site.start(answeringPath());

        Client first = site.connect();
        assertEquals("200 /", first.send(GET).receive().summary());
        assertEquals(1, limit.getNetworkConnectionCount());
        assertEquals(0, limit.getPendingNetworkConnectionCount());
        assertFalse(site.connector().isAccepting());
        first.close();
        Site.await("the limit still holds", () -> site.connector().isAccepting());

        assertEquals(0, limit.getNetworkConnectionCount());
        assertEquals("200 /", site.connect().send(GET).receive().summary());
    }

    @Test
    void connectionOverTheLimitIsClosedOrWaits() throws Exception {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(2, site.connector());
        site.server.addBean(limit);
        site.start(answeringPath());
        Client first = site.connect();
        first.send(GET).receive();
        Client second = site.connect();
        second.send(GET).receive();

        CompletableFuture<Response> third =
                Background.run(() -> site.connect().send(GET).receive());
        first.close();
        second.close();

        // An acceptor that was waiting already takes it and closes it; otherwise it waits and is served.
        String outcome = third.handle((response, failure) -> failure == null ? response.summary() : "closed")
                .get();
        assertTrue(List.of("200 /", "closed").contains(outcome), outcome);
        Site.await("counted wrongly", () -> limit.getPendingNetworkConnectionCount() == 0);
    }

    @Test
    void acceptRateLimitPausesAccepting() throws Exception {
        AcceptRateLimit limit = new AcceptRateLimit(1, 1, TimeUnit.HOURS, site.connector());
        site.server.addBean(limit);
        site.start(answeringPath());

        assertEquals("200 /", site.connect().send(GET).receive().summary());
        assertTrue(site.connector().isAccepting());
        assertEquals("200 /", site.connect().send(GET).receive().summary());

        assertEquals(2, limit.getRate());
        assertFalse(site.connector().isAccepting());
    }

    @Test
    void requestLogHasALinePerRequest() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        site.server.setRequestLog((request, response) ->
                lines.add(request.getMethod() + " " + request.getHttpURI().getPath() + " " + response.getStatus() + " "
                        + org.eclipse.jetty.server.Response.getContentBytesWritten(response)));
        site.start(answeringPath());

        Client client = site.connect();
        client.send("GET /hello HTTP/1.1\nHost: localhost\n\n").receive();
        client.send("GET /you HTTP/1.1\nHost: localhost\n\n").receive();

        assertEquals("GET /hello 200 6", lines.take());
        assertEquals("GET /you 200 4", lines.take());
    }

    /** Writes down what it hears. */
    private record RecordingListener(BlockingQueue<String> events) implements AcceptListener {
        @Override
        public void onAccepting(SelectableChannel channel) {
            events.add("accepting");
        }

        @Override
        public void onAccepted(SelectableChannel channel) {
            events.add("accepted");
        }

        @Override
        public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
            events.add("failed");
        }

        @Override
        public void onClosed(SelectableChannel channel) {
            events.add("closed");
        }
    }
}
