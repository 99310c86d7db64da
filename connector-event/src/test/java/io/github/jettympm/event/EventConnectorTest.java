package io.github.jettympm.event;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.handler;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jettympm.contract.Client;
import io.github.jettympm.contract.Site;
import io.github.jettympm.contract.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ProcessorUtils;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventConnectorTest {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    private final Site site =
            new Site((server, factories) -> new EventConnector(server, -1, 3, factories), Transport.CLEAR_TEXT);

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private static Set<String> threadsOfTheConnector() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("event-"))
                .collect(Collectors.toSet());
    }

    /** Those that are neither free nor leased to loops, nor kept ready by the pool. */
    private int threadsInUse() {
        QueuedThreadPool pool = (QueuedThreadPool) site.server.getThreadPool();
        return pool.getUtilizedThreads();
    }

    private EventConnector connector() {
        return (EventConnector) site.connector();
    }

    @Test
    void threadThatWatchesIsNamedAfterTheModel() throws Exception {
        site.start(answering(request -> "hello"));

        Site.await(
                "other threads than the one that watches",
                () -> threadsAfterARequest().equals(Set.of("event-watch")));
    }

    /** A loop for which the pool had no thread at once has one of its own until something comes. */
    private Set<String> threadsAfterARequest() {
        try {
            assertEquals("200 hello", site.connect().send(GET).receive().summary()); // each at the next loop
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return threadsOfTheConnector();
    }

    @Test
    void loopsLeaseThreadsOfTheServer() throws Exception {
        site.start(answering(request -> "hello"));
        QueuedThreadPool pool = (QueuedThreadPool) site.server.getThreadPool();

        int leased = pool.getThreadPoolBudget().getLeasedThreads();
        site.connector().stop();

        assertEquals(leased - 3, pool.getThreadPoolBudget().getLeasedThreads());
    }

    @Test
    void onVirtualThreadsLoopsHaveThreadsOfTheirOwn() throws Exception {
        QueuedThreadPool pool = (QueuedThreadPool) site.server.getThreadPool();
        var requests = Executors.newCachedThreadPool(task -> new Thread(task, "as-if-virtual"));
        pool.setVirtualThreadsExecutor(requests);
        assumeTrue(pool.getVirtualThreadsExecutor() != null, "no virtual threads before Java 21");

        site.start(answering(request -> Thread.currentThread().getName()));

        assertEquals("as-if-virtual", site.connect().send(GET).receive().text());
        assertEquals(Set.of("event-0-loop", "event-1-loop", "event-2-loop", "event-watch"), threadsOfTheConnector());
        requests.shutdown();
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
    void noThreadIsLeftAfterTheStop() throws Exception {
        site.start(answering(request -> "hello"));
        site.connect().send(GET).receive();

        site.connector().stop();

        // A thread says that its loop has ended before it ends itself.
        Site.await("threads are left", () -> threadsOfTheConnector().isEmpty());
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
    void whoIsSlowHoldsNoThread() throws Exception {
        site.start(handler(
                (request, response, callback) -> response.write(true, ByteBuffer.allocate(8 * 1024 * 1024), callback)));
        for (int i = 0; i < 20; i++) {
            site.connect().send("GET / HT");
            site.connectWithReceiveBuffer(4 * 1024).send(GET);
        }

        Site.await(
                "not all are open",
                () -> site.connector().getConnectedEndPoints().size() == 40);
        Site.await("a slow client holds a thread", () -> threadsInUse() == 0);
    }

    @Test
    void handshakesThatDoNotGoOnHoldNoThread() throws Exception {
        site.useFactoriesAsTheyAre(Transport.TLS_1_3.over(new HttpConnectionFactory()));
        site.start(answering(request -> "hello"));
        for (int i = 0; i < 20; i++) {
            site.connect().send(new byte[] {22, 3, 1, 2, 0, 1}); // the beginning of a ClientHello
        }

        Site.await(
                "not all are open",
                () -> site.connector().getConnectedEndPoints().size() == 20);
        Site.await("a handshake holds a thread", () -> threadsInUse() == 0);
    }

    @Test
    void requestsRunOnlyAsManyAtOnceAsMay() throws Exception {
        connector().setMaxRequestWorkers(2);
        connector().setAsyncRequestWorkerFactor(100);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        site.start(answering(request -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            return "hello";
        }));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(site.connect());
        }

        for (int i = 0; i < 200; i++) {
            for (Client client : clients) {
                client.send(GET);
            }
            for (Client client : clients) {
                assertEquals("200 hello", client.receive().summary());
            }
        }

        assertTrue(most.get() <= 2, () -> most + " at once");
    }

    @Test
    void theOneThatIsIdleForLongestMakesRoomForTheNext() throws Exception {
        connector().setMaxRequestWorkers(1);
        connector().setAsyncRequestWorkerFactor(1);
        site.start(answering(request -> "hello"));
        Client first = site.connect();
        Client second = site.connect();
        assertEquals("200 hello", first.send(GET).receive().summary());
        long afterFirst = System.nanoTime();
        Site.await("clock stands still", () -> System.nanoTime() - afterFirst > 2_000_000);
        assertEquals("200 hello", second.send(GET).receive().summary());

        Client third = site.connect();

        assertEquals("200 hello", third.send(GET).receive().summary());
        assertEquals("", first.receiveToEnd());
        assertEquals("200 hello", second.send(GET).receive().summary());
    }

    @Test
    void theOneWhoseNextRequestIsInTheKernelIsNotDropped() throws Exception {
        var idle = new CompletableFuture<Client>();
        site.start(
                new Handler.Abstract.NonBlocking() { // so it runs on the loop's thread, which nobody takes over
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) throws Exception {
                        if (Request.getPathInContext(request).equals("/close")) {
                            Client client = idle.join();
                            EventEndPoint endPoint = endPointOf(client);
                            endPoint.closeIfIdle(() -> {});
                            client.send(GET);
                            while (endPoint.getChannel()
                                            .socket()
                                            .getInputStream()
                                            .available()
                                    == 0) {
                                Thread.onSpinWait();
                            }
                        }
                        response.write(true, ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)), callback);
                        return true;
                    }
                });
        Client first = site.connect();
        assertEquals("200 hello", first.send(GET).receive().summary());
        idle.complete(first);
        site.connect().send(GET).receive();
        site.connect().send(GET).receive();

        Client fourth = site.connect(); // at the same one of the three loops as the first
        assertEquals(
                "200 hello",
                fourth.send("GET /close HTTP/1.1\nHost: localhost\n\n")
                        .receive()
                        .summary());

        assertEquals("200 hello", first.receive().summary());
    }

    private EventEndPoint endPointOf(Client client) {
        return site.connector().getConnectedEndPoints().stream()
                .map(EventEndPoint.class::cast)
                .filter(endPoint -> ((InetSocketAddress) endPoint.getRemoteSocketAddress()).getPort() == client.port())
                .findAny()
                .orElseThrow();
    }

    @Test
    void theOneThatIsIdleIsClosed() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect();
        client.send(GET).receive();
        EventEndPoint endPoint = endPointOf(client);
        Site.await("never idle", endPoint::isBetweenRequests);

        endPoint.closeIfIdle(() -> {});

        assertEquals("", client.receiveToEnd());
    }

    @Test
    void theOneThatHasBegunItsNextRequestIsNotDropped() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect();
        client.send(GET).receive();
        client.send("GET / HT");
        EventEndPoint endPoint = endPointOf(client);
        Site.await("not read", () -> endPoint.getConnection().getBytesIn() > GET.length() + 3);
        var decided = new CountDownLatch(1);

        endPoint.closeIfIdle(decided::countDown);

        decided.await();
        assertEquals(
                "200 hello",
                client.send("TP/1.1\nHost: localhost\n\n").receive().summary());
    }

    @Test
    void theOneWhoseRequestRunsIsNotDropped() throws Exception {
        connector().setMaxRequestWorkers(1);
        connector().setAsyncRequestWorkerFactor(0);
        var released = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        site.start(answering(request -> {
            if (Request.getPathInContext(request).equals("/wait")) {
                begun.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return "hello";
        }));
        Client first = site.connect();
        assertEquals("200 hello", first.send(GET).receive().summary());
        first.send("GET /wait HTTP/1.1\nHost: localhost\n\n");
        begun.await();
        Client next = site.connect();
        next.send(GET); // it waits in the kernel's queue: no worker is idle, so there is no room

        released.countDown();

        assertEquals("200 hello", first.receive().summary());
        assertEquals("200 hello", next.receive().summary());
        assertEquals("", first.receiveToEnd()); // once it is idle it makes room
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void connectionThatIsIdleGivesUpItsCacheOfHeaderFields(Transport transport) throws Exception {
        site.useFactoriesAsTheyAre(transport.over(new HttpConnectionFactory()));
        var connection = new CompletableFuture<HttpConnection>();
        site.start(answering(request -> {
            connection.complete((HttpConnection) request.getConnectionMetaData().getConnection());
            boolean cached = connection.join().getParser().getFieldCache() != null; // it is not idle now
            return cached ? "cached" : "not cached";
        }));
        Client client = new Client(transport, site.connector().getLocalPort());
        String request = "GET / HTTP/1.1\nHost: localhost\nUser-Agent: Test\nAccept: text/plain\n\n";
        for (int i = 0; i < 3; i++) {
            assertEquals("200 cached", client.send(request).receive().summary());
        }
        HttpParser parser = connection.get().getParser();

        Site.await("the cache is kept", () -> parser.getFieldCache() == null);

        assertEquals(200, client.send(GET).receive().status());
        assertEquals(200, client.send(GET).receive().status());
        client.close();
    }

    @Test
    void withNoSettingsNothingIsBounded() throws Exception {
        site.start(answering(request -> "hello"));

        assertEquals(0, connector().getMaxRequestWorkers());
        assertEquals(2, connector().getAsyncRequestWorkerFactor());
    }

    @Test
    void numbersOutOfRangeAreRefusedAtStart() throws Exception {
        assertRefused(
                "jetty.event.maxRequestWorkers=-1 is out of range: use 0 to 100000",
                connector -> connector.setMaxRequestWorkers(-1));
        assertRefused(
                "jetty.event.asyncRequestWorkerFactor=-0.5 is out of range: use 0 to 1000000",
                connector -> connector.setAsyncRequestWorkerFactor(-0.5));
        assertRefused(
                "jetty.event.asyncRequestWorkerFactor=NaN is out of range: use 0 to 1000000",
                connector -> connector.setAsyncRequestWorkerFactor(Double.NaN));
    }

    private static void assertRefused(String message, Consumer<EventConnector> setting) {
        EventConnector connector = new EventConnector(new Server());
        setting.accept(connector);

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, connector::start).getMessage());
        connector.close();
    }

    @Test
    void thereIsOneLoopForEachProcessorButFewForASmallPool() {
        int processors = ProcessorUtils.availableProcessors();
        Server large = new Server(new QueuedThreadPool(16 * processors));

        assertEquals(processors, new EventConnector(large).getSelectors());
        assertEquals(1, new EventConnector(new Server(new QueuedThreadPool(8))).getSelectors());
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
