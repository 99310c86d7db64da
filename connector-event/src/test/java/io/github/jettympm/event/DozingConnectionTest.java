package io.github.jettympm.event;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.Handlers.upgradingToEcho;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.contract.Client;
import io.github.jettympm.contract.Site;
import io.github.jettympm.contract.Transport;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are given up between two requests, and made again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DozingConnectionTest {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    private final Site site =
            new Site((server, factories) -> new EventConnector(server, -1, 2, factories), Transport.CLEAR_TEXT);
    private final BlockingQueue<HttpConnection> seen = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> dozing = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    /** Answers with the path, and notes the connection, and whether another one is in its place that dozes. */
    private Handler answeringPath() {
        return answering(request -> {
            var connection = (HttpConnection) request.getConnectionMetaData().getConnection();
            seen.add(connection);
            dozing.add(isDozing((EventEndPoint) connection.getEndPoint()));
            return Request.getPathInContext(request);
        });
    }

    private EventConnector connector() {
        return (EventConnector) site.connector();
    }

    private EventEndPoint endPointOf(Client client) {
        Site.await(
                "not open",
                () -> site.connector().getConnectedEndPoints().stream()
                        .anyMatch(endPoint -> portOf((EventEndPoint) endPoint) == client.port()));
        return site.connector().getConnectedEndPoints().stream()
                .map(EventEndPoint.class::cast)
                .filter(endPoint -> portOf(endPoint) == client.port())
                .findAny()
                .orElseThrow();
    }

    private static int portOf(EventEndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress address ? address.getPort() : -1;
    }

    private Client connectAndAsk() throws IOException {
        Client client = site.connect();
        assertEquals("200 /", client.send(GET).receive().summary());
        return client;
    }

    /** A client whose connection has had one request and dozes. */
    private Client connectAndDoze() throws IOException {
        Client client = connectAndAsk();
        doze(client);
        return client;
    }

    /** What happens when nothing comes for long, without the wait. */
    private void doze(Client client) {
        EventEndPoint endPoint = endPointOf(client);
        Site.await("it stays awake: " + endPoint.getConnection(), () -> {
            lookTwice(endPoint);
            return isDozing(endPoint);
        });
    }

    private static boolean isDozing(EventEndPoint endPoint) {
        return endPoint.getConnection() instanceof DozingConnection;
    }

    private static void lookTwice(EventEndPoint endPoint) {
        look(endPoint);
        look(endPoint);
    }

    /** As the loop does in a round; says whether there is a reason to look again. */
    private static boolean look(EventEndPoint endPoint) {
        var awake = new CompletableFuture<Boolean>();
        endPoint.loop().execute(() -> awake.complete(endPoint.rest()));
        return awake.join();
    }

    private static void looksTwiceAndStaysAwake(EventEndPoint endPoint) {
        Site.await("never idle", endPoint::isBetweenRequests);
        lookTwice(endPoint);
        assertFalse(isDozing(endPoint));
    }

    @Test
    void connectionThatIsIdleForLongDozes() throws Exception {
        site.start(answeringPath());
        Client client = connectAndAsk();
        EventEndPoint endPoint = endPointOf(client);

        Site.await("it stays awake", () -> isDozing(endPoint));

        assertEquals("200 /", client.send(GET).receive().summary());
        assertEquals(List.of(false, false), List.copyOf(dozing));
    }

    @Test
    void oneThatWasActiveSinceTheLastLookStaysAwake() throws Exception {
        site.start(answeringPath());
        Client client = connectAndAsk();
        EventEndPoint endPoint = endPointOf(client);

        long began = System.nanoTime();
        int asleep = 0;

        for (int i = 0; i < 50; i++) {
            Site.await("never idle", endPoint::isBetweenRequests);
            asleep += look(endPoint) ? 0 : 1;
            assertEquals("200 /", client.send(GET).receive().summary());
        }

        // The loop looks as well: then it was the second time since the last request, and it may doze.
        long rounds = 1 + (System.nanoTime() - began) / RestRounds.PAUSE.toNanos();
        assertTrue(asleep <= rounds, asleep + " times asleep, in " + rounds + " rounds of the loop");
        int others = Set.copyOf(seen).size() - 1;
        assertTrue(others <= rounds, others + " times another one, in " + rounds + " rounds of the loop");
    }

    @Test
    void whatIsGivenUpCanBeCollected() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();

        var given = new WeakReference<>(seen.take());

        Site.await("someone holds it", () -> {
            System.gc();
            return given.get() == null;
        });
        assertEquals("200 /", client.send(GET).receive().summary());
    }

    @Test
    void idAndAddressesSurvive() throws Exception {
        site.start(answering(request -> {
            var connection = request.getConnectionMetaData();
            return connection.getId()
                    + connection.getLocalSocketAddress()
                    + connection.getRemoteSocketAddress()
                    + connection.getConnection().getCreatedTimeStamp();
        }));
        Client client = site.connect();
        String first = client.send(GET).receive().text();

        for (int i = 0; i < 3; i++) {
            doze(client);
            assertEquals(first, client.send(GET).receive().text());
        }
    }

    @Test
    void requestsAreNumberedAsIfNothingHadHappened() throws Exception {
        site.start(answering(Request::getId));
        Client client = site.connect();

        for (int i = 0; i < 6; i++) {
            assertEquals(Integer.toString(i), client.send(GET).receive().text());
            if (i % 2 == 1) {
                doze(client);
            }
        }
    }

    @Test
    void figuresSurvive() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();
        EventEndPoint endPoint = endPointOf(client);
        long size = GET.replace("\n", "\r\n").length();
        long answer = endPoint.getConnection().getBytesOut();
        List<Long> figures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Connection connection = endPoint.getConnection();
            figures.addAll(List.of(
                    connection.getMessagesIn(),
                    connection.getMessagesOut(),
                    connection.getBytesIn() / size,
                    connection.getBytesOut() / answer));

            assertEquals("200 /", client.send(GET).receive().summary());
            doze(client);
        }

        assertTrue(answer > 0);
        assertEquals(List.of(1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L, 3L, 3L, 3L, 3L), figures);
    }

    @Test
    void oneThatHasAttributesStaysAwake() throws Exception {
        site.start(answering(request -> {
            Object before = request.getConnectionMetaData().setAttribute("name", Request.getPathInContext(request));
            return "was " + before;
        }));
        Client client = site.connect();
        assertEquals("200 was null", client.send(GET).receive().summary());

        looksTwiceAndStaysAwake(endPointOf(client));

        assertEquals("200 was /", client.send(GET).receive().summary());
    }

    @Test
    void oneThatIsConfiguredOtherwiseThanItsFactorySaysStaysAwake() throws Exception {
        site.start(answering(request -> {
            var connection = (HttpConnection) request.getConnectionMetaData().getConnection();
            connection.setInputBufferSize(512);
            return "/";
        }));
        Client client = connectAndAsk();

        looksTwiceAndStaysAwake(endPointOf(client));
    }

    @Test
    void connectionsOfAConnectorWithListenersAreMadeByJettyAlone() throws Exception {
        var statistics = new ConnectionStatistics();
        site.connector().addBean(statistics);
        site.start(answeringPath());
        Client client = connectAndAsk();

        looksTwiceAndStaysAwake(endPointOf(client));

        assertSame(HttpConnection.class, seen.take().getClass());
        client.close();
        Site.await("not counted", () -> statistics.getReceivedMessages() == 1);
        assertEquals(0, statistics.getConnections());
    }

    @Test
    void connectionsOfAFactoryWithListenersAreMadeByJettyAlone() throws Exception {
        var factory = new HttpConnectionFactory(site.http);
        factory.addBean(new Connection.Listener() {});
        site.useFactories(factory);
        site.start(answeringPath());

        connectAndAsk();

        assertSame(HttpConnection.class, seen.take().getClass());
    }

    @Test
    void connectionsOfAFactoryOfAnotherKindAreMadeByIt() throws Exception {
        site.useFactories(new HttpConnectionFactory(site.http) {});
        site.start(answeringPath());

        connectAndAsk();

        assertSame(HttpConnection.class, seen.take().getClass());
    }

    @Test
    void oneThatHasAListenerStaysAwakeAndTellsIt() throws Exception {
        var closed = new LinkedBlockingQueue<Connection>();
        site.start(answering(request -> {
            Connection connection = request.getConnectionMetaData().getConnection();
            connection.addEventListener(closedBy(closed));
            return "/";
        }));
        Client client = connectAndAsk();
        Connection connection = endPointOf(client).getConnection();

        looksTwiceAndStaysAwake(endPointOf(client));
        client.close();

        assertSame(connection, closed.take());
        site.awaitNoEndPoints();
        assertEquals(List.of(), List.copyOf(closed));
    }

    @Test
    void whoListensToOneThatDozesHearsOfTheClose() throws Exception {
        var closed = new LinkedBlockingQueue<Connection>();
        site.start(answeringPath());
        Client client = connectAndDoze();
        Connection.Listener removed = closedBy(closed);
        endPointOf(client).getConnection().addEventListener(removed);
        endPointOf(client).getConnection().addEventListener(closedBy(closed));
        endPointOf(client).getConnection().removeEventListener(removed);

        client.close();

        assertEquals(1, closed.take().getMessagesIn());
        site.awaitNoEndPoints();
        assertEquals(List.of(), List.copyOf(closed));
    }

    @Test
    void whoListensToOneThatIsGivenUpHearsOfTheCloseOfTheNext() throws Exception {
        var closed = new LinkedBlockingQueue<Connection>();
        site.start(answeringPath());
        Client client = connectAndDoze();
        HttpConnection given = seen.take();
        Connection dozing = endPointOf(client).getConnection();
        given.addEventListener(closedBy(closed));
        assertEquals("200 /", client.send(GET).receive().summary());
        Connection next = endPointOf(client).getConnection();
        given.addEventListener(closedBy(closed));
        dozing.addEventListener(closedBy(closed));

        looksTwiceAndStaysAwake(endPointOf(client));
        client.close();

        assertNotSame(given, next);
        for (int i = 0; i < 3; i++) {
            assertSame(next, closed.take());
        }
    }

    private static Connection.Listener closedBy(BlockingQueue<Connection> closed) {
        return new Connection.Listener() {
            @Override
            public void onClosed(Connection connection) {
                closed.add(connection);
            }
        };
    }

    @Test
    void pipelinedRequestsWakeIt() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();

        client.send("GET /1 HTTP/1.1\nHost: localhost\n\nGET /2 HTTP/1.1\nHost: localhost\n\n");

        assertEquals("200 /1", client.receive().summary());
        assertEquals("200 /2", client.receive().summary());
    }

    @Test
    void headThatComesInPiecesWakesIt() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();
        EventEndPoint endPoint = endPointOf(client);

        client.send("GET /torn HT");
        Site.await("not read", () -> !isDozing(endPoint) && endPoint.isFillInterested());
        lookTwice(endPoint);
        assertFalse(isDozing(endPoint));

        assertEquals(
                "200 /torn",
                client.send("TP/1.1\nHost: localhost\n\n").receive().summary());
    }

    @Test
    void emptyLinesBeforeARequestAreNotForgotten() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();
        EventEndPoint endPoint = endPointOf(client);

        client.send(new byte[] {'\r'});
        Site.await("not read", () -> !isDozing(endPoint) && endPoint.isFillInterested());
        lookTwice(endPoint);

        assertFalse(isDozing(endPoint));
        client.send(new byte[] {'\n'});
        assertEquals("200 /", client.send(GET).receive().summary());
    }

    @Test
    void contentIsReadAfterIt() throws Exception {
        site.start(handler(
                (request, response, callback) -> response.write(true, Content.Source.asByteBuffer(request), callback)));
        Client client = site.connect();
        String post = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n";
        assertEquals("200 hello", client.send(post + "hello").receive().summary());

        doze(client);
        assertEquals("200 again", client.send(post).send("again").receive().summary());
        doze(client);
        client.send(post.replace("\n\n", "\nExpect: 100-continue\n\n"));

        assertEquals(100, client.receive().status());
        assertEquals("200 later", client.send("later").receive().summary());
    }

    @Test
    void connectionMayBeUpgradedAfterIt() throws Exception {
        site.start(upgradingToEcho());
        Client client = site.connect();
        client.send(GET).receive();
        doze(client);

        client.send("GET / HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: echo\n\nearly");

        assertEquals(101, client.receive().status());
        assertEquals("early", client.receiveText(5));
        assertEquals("late", client.send("late").receiveText(4));
    }

    @Test
    void errorOfTheClientIsAnsweredAfterIt() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();

        assertEquals(400, client.send("no request at all\n\n").receive().status());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void connectionThatHasHadNoRequestDozesAsWell() throws Exception {
        site.start(answeringPath());
        Client client = site.connect();

        doze(client);

        assertFalse(endPointOf(client).isBetweenRequests());
        assertEquals("200 /", client.send(GET).receive().summary());
    }

    @Test
    void clientThatClosesIsSeenOnce() throws Exception {
        var events = new LinkedBlockingQueue<String>();
        site.connector().addBean(new AcceptListener() {
            @Override
            public void onAccepted(SelectableChannel channel) {
                events.add("accepted");
            }

            @Override
            public void onClosed(SelectableChannel channel) {
                events.add("closed");
            }
        });
        site.start(answeringPath());
        Client client = connectAndDoze();

        client.close();

        assertEquals("accepted", events.take());
        assertEquals("closed", events.take());
        site.awaitNoEndPoints();
        assertEquals(List.of(), List.copyOf(events));
    }

    @Test
    void idleTimeoutClosesIt() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();

        endPointOf(client).setIdleTimeout(1);

        assertEquals("", client.receiveToEnd());
        client.close();
        site.awaitNoEndPoints();
    }

    @Test
    void idleTimeoutEndsTheOutputFirst() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();
        EventEndPoint endPoint = endPointOf(client);

        endPoint.loop().execute(() -> endPoint.onIdleExpired(new TimeoutException("test")));

        assertEquals("", client.receiveToEnd());
        assertTrue(endPoint.isOpen());
        client.close();
        site.awaitNoEndPoints();
    }

    /** What happens after an hour, to a connection that dozes by then. */
    private void expire(Client client) {
        EventLoop loop = endPointOf(client).loop();
        loop.execute(() -> loop.expire(System.nanoTime() + TimeUnit.HOURS.toNanos(1)));
    }

    @Test
    void keepAliveTimeoutClosesIt() throws Exception {
        connector().setKeepAliveTimeout(TimeUnit.MINUTES.toMillis(1));
        site.start(answeringPath());
        Client client = connectAndDoze();

        expire(client);

        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void requestReadTimeoutClosesOneThatHasHadNoRequestWithoutAWord() throws Exception {
        connector().setRequestReadTimeout("header=60");
        site.start(answeringPath());
        Client client = site.connect();
        doze(client);

        expire(client);

        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void requestsAreCountedAcrossIt() throws Exception {
        connector().setMaxKeepAliveRequests(2);
        site.start(answeringPath());
        Client client = connectAndDoze();

        assertEquals("close", client.send(GET).receive().header("connection"));
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void oneThatDozesMakesRoomForTheNext() throws Exception {
        connector().setMaxRequestWorkers(1);
        connector().setAsyncRequestWorkerFactor(0);
        site.start(answeringPath());
        Client first = connectAndDoze();

        Client next = site.connect();

        assertEquals("200 /", next.send(GET).receive().summary());
        assertEquals("", first.receiveToEnd());
    }

    @Test
    void stopClosesIt() throws Exception {
        site.start(answeringPath());
        Client client = connectAndDoze();

        site.connector().stop();

        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints(); // the client may hear of it first
    }

    @Test
    void shutdownClosesIt() throws Exception {
        site.connector().setShutdownIdleTimeout(10);
        site.start(answeringPath());
        Client client = connectAndDoze();

        var done = site.connector().shutdown();

        assertEquals("", client.receiveToEnd());
        client.close();
        done.get();
    }

    @Test
    void requestAfterItMayBlockAsTheHandlerSays() throws Exception {
        site.start(answeringPath());

        assertSame(InvocationType.BLOCKING, invocationTypeOf(connectAndDoze()));
    }

    @Test
    void requestAfterItDoesNotBlockIfTheHandlerSaysSo() throws Exception {
        site.start(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, ByteBuffer.wrap(new byte[] {'/'}), callback);
                return true;
            }
        });

        assertSame(InvocationType.NON_BLOCKING, invocationTypeOf(connectAndDoze()));
    }

    private InvocationType invocationTypeOf(Client client) {
        return endPointOf(client).getFillInterest().getCallbackInvocationType();
    }
}
