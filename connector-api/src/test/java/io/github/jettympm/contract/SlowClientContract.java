package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.upgradingToEcho;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jettympm.KeepAliveConnector;
import io.github.jettympm.endpoint.RequestReadTimeoutException;
import io.github.jettympm.endpoint.TimedEndPoint;
import io.github.jettympm.timeout.ReadStage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What our connectors expect of their clients, and the stock connector does not. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"CLEAR_TEXT", "TLS_1_3"})
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("once")
public abstract class SlowClientContract {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";
    private static final String HALF_A_HEAD = "GET / HTTP/1.1\nHo";
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 10\n\n";
    private static final String LATE = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static final int ENDED_AT_ANY_MOMENT = 100;

    @Parameter
    Transport transport;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
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
        site = new Site(this::newConnector, transport);
    }

    @AfterEach
    void closeSite() throws Exception {
        clock.shutdownNow();
        site.close();
    }

    private KeepAliveConnector connector() {
        return (KeepAliveConnector) site.connector();
    }

    /** Sends a text again and again, slowly, until the server does not take it any more. */
    private void drip(Client client, String text, long everyMillis) {
        clock.scheduleAtFixedRate(() -> send(client, text), 0, everyMillis, TimeUnit.MILLISECONDS);
    }

    private static void send(Client client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new IllegalStateException("the server has closed, as it should", e);
        }
    }

    /** Whatever comes when the keep-alive timeout is over is answered, or the connection is closed; it is not the client's fault. */
    @Test
    void requestThatComesWhenItsConnectionIsEndedIsAnsweredOrNot() throws Exception {
        connector().setKeepAliveTimeout(TimeUnit.MINUTES.toMillis(1));
        site.start(servlet((request, response) -> {
            request.getInputStream().readAllBytes();
            response.setContentLength(0);
        }));
        AtomicBoolean ending = new AtomicBoolean(true);
        CompletableFuture<Void> end = Background.run(() -> {
            while (ending.get()) {
                endKeepAlive();
            }
            return null;
        });
        String request = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 20000\n\n" + "a".repeat(20_000);

        for (int i = 0; i < ENDED_AT_ANY_MOMENT; i++) {
            try (Client client = new Client(transport, site.connector().getLocalPort())) {
                for (String answer = "HTTP/1.1 200 OK"; !answer.isEmpty(); answer = client.answerOrEnd()) {
                    assertEquals("HTTP/1.1 200 OK", answer);
                    client.send(request);
                }
            } catch (IOException e) {
                // It was closed while the request was sent.
            }
        }

        ending.set(false);
        end.get();
    }

    private void endKeepAlive() {
        for (TimedEndPoint endPoint : endPoints()) {
            endWait(endPoint, ReadStage.KEEP_ALIVE);
        }
    }

    private List<TimedEndPoint> endPoints() {
        return site.connector().getConnectedEndPoints().stream()
                .map(TimedEndPoint.class::cast)
                .toList();
    }

    private static long anHourLater() {
        return System.nanoTime() + TimeUnit.HOURS.toNanos(1);
    }

    /** What happens after an hour, to a connection that waits for that by then; says whether it does. */
    private static boolean endWait(TimedEndPoint endPoint, ReadStage awaited) {
        boolean late = endPoint.progress().clock().takeExpired(anHourLater()) == awaited;
        if (late) {
            endPoint.onReadExpired(awaited);
        }
        return late;
    }

    /** The same for the only connection, when it has come so far. */
    private void awaitAndEndWait(ReadStage awaited) {
        TimedEndPoint only = endPoints().get(0);
        Site.await("does not wait: " + awaited, () -> endWait(only, awaited));
    }

    @Test
    void connectionIsClosedAfterTheKeepAliveTimeout() throws Exception {
        connector().setKeepAliveTimeout(200);
        site.start(answering(request -> "hello"));
        Client client = site.connect();

        assertEquals("200 hello", client.send(GET).receive().summary());

        assertEquals("", client.receiveToEnd());
        assertEquals(transport.isSecure(), client.hasBeenToldOfTheEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void keepAliveTimeoutIsNotForTheFirstRequest() throws Exception {
        connector().setKeepAliveTimeout(200);
        site.start(answering(request -> "hello"));
        Client first = site.connect();
        Client second = site.connect();

        second.send(GET).receive();
        assertEquals("", second.receiveToEnd());

        assertEquals("200 hello", first.send(GET).receive().summary());
    }

    @Test
    void connectionServedElsewhereHasTheKeepAliveTimeoutToo() throws Exception {
        connector().setKeepAliveTimeout(200);
        site.start(servlet((request, response) -> request.startAsync().start(request.getAsyncContext()::complete)));
        Client client = site.connect();

        assertEquals(200, client.send(GET).receive().status());

        assertEquals("", client.receiveToEnd());
    }

    @Test
    void lastRequestOfAConnectionIsToldSo() throws Exception {
        connector().setMaxKeepAliveRequests(3);
        site.start(answering(request -> "hello"));
        Client client = site.connect();

        assertNull(client.send(GET).receive().header("connection"));
        assertNull(client.send(GET).receive().header("connection"));
        Response last = client.send(GET).receive();

        assertEquals("200 hello", last.summary());
        assertEquals("close", last.header("connection"));
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void clientThatStopsInItsHeadIsToldSo() throws Exception {
        connector().setRequestReadTimeout("header=1");
        site.start(answering(request -> "hello"));

        assertEquals(LATE, site.connect().send(HALF_A_HEAD).receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatDripsItsHeadIsToldSo() throws Exception {
        connector().setRequestReadTimeout("header=1");
        site.start(answering(request -> "hello"));
        Client client = site.connect().send("GET / HTTP/1.1\nHost: localhost\nX: ");

        drip(client, "x", 50);

        assertEquals(408, client.receive().status());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatStopsInTheHeadOfALaterRequestIsToldSo() throws Exception {
        connector().setRequestReadTimeout("header=60"); // so that an honest request is in time
        site.start(answering(request -> "hello"));
        Client client = site.connect();
        client.send(GET).receive();

        client.send(HALF_A_HEAD);
        awaitAndEndWait(ReadStage.HEADER);

        assertEquals(LATE, client.receiveToEnd());
    }

    @Test
    void clientThatStopsInAHeadAfterAnAsynchronousRequestIsToldSo() throws Exception {
        connector().setRequestReadTimeout("header=60");
        site.start(servlet((request, response) -> request.startAsync().start(request.getAsyncContext()::complete)));
        Client client = site.connect();
        client.send(GET).receive();

        client.send(HALF_A_HEAD);
        awaitAndEndWait(ReadStage.HEADER);

        assertEquals(LATE, client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatSaysNothingIsDisconnectedWithoutAWord() throws Exception {
        connector().setRequestReadTimeout("header=1");
        site.start(answering(request -> "hello"));

        assertEquals("", site.connect().receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatDripsItsHandshakeIsDisconnected() throws Exception {
        assumeTrue(transport.isSecure());
        connector().setRequestReadTimeout("handshake=1");
        site.start(answering(request -> "hello"));

        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), site.connector().getLocalPort());
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1}); // a client hello begins (RFC 8446, 5.1)
            assertEquals(-1, in.read());
        }
        site.awaitNoEndPoints();
    }

    @Test
    void servletWhoseContentDoesNotComeAnswers408() throws Exception {
        connector().setRequestReadTimeout("body=1");
        site.start(servlet((request, response) -> request.getInputStream().readAllBytes()));
        Client client = site.connect().send(POST + "12345");

        assertEquals(408, client.receive().status());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void servletMayAnswerForItself() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        connector().setRequestReadTimeout("body=1");
        site.start(servlet((request, response) -> {
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                failure.complete(e.getCause());
                response.setStatus(400);
                response.getOutputStream().print("sorry");
            }
        }));
        Client client = site.connect().send(POST + "12345");

        assertEquals("400 sorry", client.receive().summary());
        assertInstanceOf(RequestReadTimeoutException.class, failure.get());
    }

    @Test
    void listenerWhoseContentDoesNotComeHearsOfIt() throws Exception {
        connector().setRequestReadTimeout("body=1");
        site.start(servlet(ListenerEcho::start));
        Client client = site.connect().send(POST + "12345");

        client.receiveToEnd();

        site.awaitNoEndPoints();
    }

    @Test
    void slowButSteadyUploadPasses() throws Exception {
        connector().setRequestReadTimeout("body=1,MinRate=1");
        site.start(servlet((request, response) ->
                response.getOutputStream().print(request.getInputStream().readAllBytes().length)));
        Client client = site.connect().send(POST);

        drip(client, "x", 200);

        assertEquals("200 10", client.receive().summary());
    }

    @Test
    void applicationMayTakeItsTimeBetweenTwoReads() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        connector().setRequestReadTimeout("body=1");
        site.start(servlet((request, response) -> {
            InputStream in = request.getInputStream();
            in.readNBytes(5);
            later.await(2, TimeUnit.SECONDS);
            in.readNBytes(5);
            response.getOutputStream().print("done");
        }));

        assertEquals(
                "200 done", site.connect().send(POST + "1234567890").receive().summary());
    }

    @Test
    void upgradedConnectionHasNoSuchLimits() throws Exception {
        connector().setKeepAliveTimeout(200);
        connector().setRequestReadTimeout("header=60 body=60"); // so that an honest upgrade is in time
        site.start(upgradingToEcho());
        Client upgraded = site.connect();
        upgraded.send("GET / HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: echo\n\n");
        assertEquals(101, upgraded.receive().status());
        TimedEndPoint waiting = endPoints().get(0);

        Client other = site.connect();
        other.send(GET).receive();
        assertEquals("", other.receiveToEnd()); // as long as a connection may wait for a request

        assertNull(waiting.progress().clock().takeExpired(anHourLater()));
        assertEquals("still here", upgraded.send("still here").receiveText(10));
    }
}
