package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.MultiProcessConnector;
import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.RequestStatus;
import io.github.jettympm.status.StatusBoard;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connector that serves many requests in this process says of them, if somebody wants to see it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("once")
public abstract class StatusContract {
    private static final String GET = "GET /shop/cart;jsessionid=17?card=4711 HTTP/1.1\nHost: localhost\n\n";

    private final StatusBoard board = new StatusBoard();
    private final Semaphore handling = new Semaphore(0);
    private final CountDownLatch finish = new CountDownLatch(1);
    private Site site;

    /**
     * Makes a connector that serves in this process.
     *
     * @param server the server it is for
     * @param factories its protocols
     * @return a connector that is not started
     */
    protected abstract AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories);

    @BeforeEach
    void makeSite() {
        site = new Site(this::newConnector, Transport.CLEAR_TEXT);
        site.server.addBean(board);
    }

    @AfterEach
    void closeSite() throws Exception {
        finish.countDown();
        site.close();
    }

    /** A handler in which requests wait. */
    private Handler holding() {
        return answering(request -> {
            handling.release();
            try {
                finish.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "hello";
        });
    }

    private ConnectorStatus connector() {
        try {
            List<ConnectorStatus> connectors = board.read().connectors();
            assertEquals(1, connectors.size());
            return connectors.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessStatus process() {
        assertEquals(1, connector().processes().size());
        return connector().processes().get(0);
    }

    private List<RequestStatus> running() {
        return process().threads().stream()
                .filter(row -> row.activity() != Activity.NONE)
                .toList();
    }

    /** All rows are free, and so many requests are complete. */
    private void awaitFree(int requests) {
        Site.await(
                "requests are still there, or not counted",
                () -> running().isEmpty()
                        && process().requests() == requests
                        && process().busyThreads() == 0);
    }

    @Test
    void runningRequestHasARow() throws Exception {
        site.start(holding());
        Client client = site.connect().send(GET);
        handling.acquire();

        RequestStatus row = running().get(0);
        assertEquals(Activity.WRITING, row.activity());
        assertEquals("GET /shop/cart", row.request());
        assertEquals("127.0.0.1", row.client());
        assertEquals(0, row.requests());
        assertEquals(1, running().size());
        assertEquals(1, process().busyThreads());
        assertEquals(1, process().connections());
        finish.countDown();
        client.receive();

        awaitFree(1);
        RequestStatus after = process().threads().get(0);
        assertEquals(1, after.requests());
        assertTrue(after.bytes() >= 5, "bytes: " + after.bytes());
        assertTrue(after.lastDuration().toNanos() > 0);
        assertEquals(after.lastDuration(), process().busyTime());
    }

    @Test
    void requestsAtOnceHaveRowsOfTheirOwn() throws Exception {
        site.start(holding());
        Client first = site.connect().send("GET /first HTTP/1.1\nHost: localhost\n\n");
        Client second = site.connect().send("GET /second HTTP/1.1\nHost: localhost\n\n");
        handling.acquire(2);

        assertEquals(
                List.of("GET /first", "GET /second"),
                running().stream().map(RequestStatus::request).sorted().toList());
        finish.countDown();
        first.receive();
        second.receive();

        awaitFree(2);
    }

    @Test
    void keptAliveConnectionNeedsNoRow() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect();

        for (int i = 1; i <= 5; i++) {
            client.send(GET).receive();
            awaitFree(i);
        }

        assertEquals(1, process().connections());
        Site.await("open: " + process().openConnections(), () -> process().openConnections() == 1);
        Site.await("waiting: " + process().waitingConnections(), () -> process().waitingConnections() == 1);
    }

    @Test
    void asynchronousRequestKeepsItsRow() throws Exception {
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        site.start(servlet((request, response) -> started.complete(request.startAsync())));
        Client client = site.connect().send(GET);

        AsyncContext context = started.get();
        assertEquals("GET /shop/cart", running().get(0).request());
        context.complete();
        client.receive();

        awaitFree(1);
    }

    @Test
    void failedRequestLeavesItsRow() throws Exception {
        site.start(handler((request, response, callback) -> {
            throw new IllegalStateException("on purpose");
        }));

        assertEquals(500, site.connect().send(GET).receive().status());

        awaitFree(1);
    }

    @Test
    void requestWhoseClientIsGoneLeavesItsRow() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            handling.release();
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        }));
        Client client = site.connect().send("POST / HTTP/1.1\nHost: localhost\nContent-Length: 10\n\nhalf");
        handling.acquire();
        assertEquals("POST /", running().get(0).request());

        client.drop();

        assertNotNull(failure.get());
        awaitFree(1);
    }

    @Test
    void asynchronousRequestWhoseClientIsGoneLeavesItsRow() throws Exception {
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        site.start(servlet((request, response) -> started.complete(request.startAsync())));
        Client client = site.connect().send(GET);
        AsyncContext context = started.get();

        client.drop();
        context.complete();

        awaitFree(1);
    }

    @Test
    void requestsOfHttp2HaveRowsOfTheirOwn() throws Exception {
        site.useFactoriesAsTheyAre(new HttpConnectionFactory(site.http), new HTTP2CServerConnectionFactory(site.http));
        site.start(holding());
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        CompletableFuture<HttpResponse<String>> first = send(client, "/first");
        handling.acquire();
        finish.countDown();
        assertEquals(HttpClient.Version.HTTP_2, first.get().version());
        awaitFree(1);
        List<String> bodies = Stream.of(send(client, "/second"), send(client, "/third"))
                .map(it -> it.join().body())
                .toList();

        assertEquals(List.of("hello", "hello"), bodies);
        awaitFree(3);
        assertEquals(15, process().bytes());
        site.server.stop(); // that client cannot be closed
    }

    private CompletableFuture<HttpResponse<String>> send(HttpClient client, String path) {
        URI uri = URI.create("http://127.0.0.1:" + site.connector().getLocalPort() + path);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void requestsWithoutARowAreCounted() throws Exception {
        board.setMaxRows(2);
        site.start(holding());
        List<Client> clients = List.of(site.connect(), site.connect(), site.connect());
        for (Client client : clients) {
            client.send(GET);
        }
        handling.acquire(3);

        assertEquals(2, running().size());
        assertEquals(3, process().busyThreads());
        assertEquals(2, connector().threadsPerSlot());
        finish.countDown();
        for (Client client : clients) {
            client.receive();
        }

        awaitFree(3);
    }

    @Test
    void connectorSaysWhatItIs() throws Exception {
        site.start(answering(request -> "hello"));

        ConnectorStatus connector = connector();

        assertEquals("127.0.0.1:" + site.connector().getLocalPort(), connector.address());
        assertEquals("http/1.1", connector.protocols());
        assertTrue(connector.name().startsWith(connector.model() + "@"), connector.name());
        assertEquals(1, connector.slots());
        assertEquals(0, connector.generation());
        assertEquals(0, connector.listenQueue());
        assertTrue(connector.listenQueueLimit() > 0, "limit: " + connector.listenQueueLimit());
        assertEquals(SlotState.READY, process().state());
        assertEquals(ProcessHandle.current().pid(), process().pid());
        assertTrue(process().residentBytes() > 0);
        Site.await("no idle threads", () -> process().idleThreads() > 0);
        assertTrue(board.read().version().startsWith("Jetty/"), board.read().version());
    }

    @Test
    void nothingIsLeftWhenItHasStopped() throws Exception {
        site.start(answering(request -> "hello"));
        process();

        site.server.stop();

        assertThrows(IOException.class, board::read);
        site.server.start();
        assertEquals(0, process().connections());
    }

    @Test
    void withoutABoardNothingIsWritten() throws Exception {
        site.server.removeBean(board);
        site.start(answering(request -> "hello"));

        assertNull(((MultiProcessConnector) site.connector()).requestRows());
        assertEquals("200 hello", site.connect().send(GET).receive().summary());
        assertFalse(assertThrows(IOException.class, board::read).getMessage().isEmpty());
    }
}
