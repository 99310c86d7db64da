package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answeringPath;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.ChildConnector;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of requests and connections when a server stops that serves in its own process. */
@Timeout(60)
public abstract class DrainContract {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";
    private static final int CUT = 10; // ms for which a connection may be idle
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private final CountDownLatch handling = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private Site site;
    private ChildConnector connector;

    protected abstract ChildConnector newConnector(Server server, ConnectionFactory... factories);

    @BeforeEach
    void makeSite() {
        site = new Site(this::newConnector, Transport.CLEAR_TEXT);
        connector = (ChildConnector) site.connector();
    }

    @AfterEach
    void close() throws Exception {
        finish.countDown();
        site.close();
    }

    @Test
    void stopOfTheServerLetsARequestFinish() throws Exception {
        Client client = startWithARequestInFlight();

        CompletableFuture<Void> stopped = stopInBackground();
        Site.await("still open", () -> !connector.isOpen());
        finish.countDown();

        Response response = client.receive();
        assertEquals("200 finished", response.summary());
        assertEquals("close", response.header("connection"));
        assertEquals("", client.receiveToEnd());
        stopped.get();
    }

    @Test
    void requestThatDoesNotEndIsEndedByTheDrainTimeout() throws Exception {
        connector.setDrainTimeout(100);
        Client client = startWithARequestInFlight();

        assertThrows(Exception.class, site.server::stop); // Jetty tells that requests did not end

        assertEquals("", client.receiveToEnd());
        assertTrue(site.server.isStopped() || site.server.isFailed(), site.server.getState());
    }

    @Test
    void stopTimeoutOfTheServerHasPrecedence() throws Exception {
        connector.setDrainTimeout(DAY);
        site.server.setStopTimeout(100);
        Client client = startWithARequestInFlight();

        assertThrows(Exception.class, site.server::stop);

        assertEquals("", client.receiveToEnd());
        assertEquals(100, site.server.getStopTimeout());
    }

    @Test
    void longestDrainTimeoutCountsUntilTheServerHasStopped() throws Exception {
        ChildConnector other = newConnector(site.server, new HttpConnectionFactory());
        other.setDrainTimeout(DAY);
        site.server.addConnector(other);
        site.start(answeringPath());

        assertEquals(DAY, site.server.getStopTimeout());
        site.server.stop();

        assertEquals(0, site.server.getStopTimeout());
    }

    @Test
    void drainTimeoutOutOfItsRangeIsRefused() {
        connector.setDrainTimeout(-1);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> site.start(answeringPath()));

        assertTrue(
                e.getMessage().matches("jetty\\.\\w+\\.drainTimeout=-1 is out of range: use 0 to 86400000"),
                e::getMessage);
    }

    @Test
    void uploadThatPausesIsServed() throws Exception {
        connector.setShutdownIdleTimeout(CUT);
        site.start(servlet((request, response) -> {
            byte[] first = request.getInputStream().readNBytes(5);
            handling.countDown();
            response.getOutputStream()
                    .print(new String(first)
                            + new String(request.getInputStream().readAllBytes()));
        }));
        Client client = site.connect().send("POST / HTTP/1.1\nHost: localhost\nContent-Length: 10\n\n12345");
        handling.await();

        CompletableFuture<Void> stopped = stopUntilIdleAreEnded(connectionOf(client));

        assertEquals("200 1234567890", client.send("67890").receive().summary());
        stopped.get();
    }

    @Test
    void headThatPausesIsServed() throws Exception {
        connector.setShutdownIdleTimeout(CUT);
        site.start(answeringPath());
        Client client = site.connect().send("GET /half HTTP");
        AbstractEndPoint endPoint = connectionOf(client);
        Site.await("not read", () -> endPoint.getConnection().getBytesIn() == 14);

        CompletableFuture<Void> stopped = stopUntilIdleAreEnded(endPoint);

        assertEquals(
                "200 /half", client.send("/1.1\nHost: localhost\n\n").receive().summary());
        stopped.get();
    }

    @Test
    void requestOfHttp2MayTakeLongerAndIsTheLast() throws Exception {
        useHttp2();
        connector.setShutdownIdleTimeout(CUT);
        site.start(holding());
        Client client = site.connect();
        FrameClient frames = new FrameClient(client);
        frames.get(1);
        handling.await();

        CompletableFuture<Void> stopped = stopUntilIdleAreEnded(connectionOf(client));
        FrameClient.Frame soon = frames.receive(FrameClient.GOAWAY);
        finish.countDown();
        FrameClient.Frame response = frames.receive(FrameClient.DATA);
        FrameClient.Frame now = frames.receive(FrameClient.GOAWAY);

        assertEquals("finished", response.text());
        assertEquals(List.of(Integer.MAX_VALUE, 0), List.of(soon.lastStream(), soon.error()));
        assertEquals(List.of(1, 0), List.of(now.lastStream(), now.error()));
        frames.awaitEnd(); // which a client may leave to the server
        stopped.get();
    }

    @Test
    void requestOfAConnectionThatWasAcceptedBeforeIsServed() throws Exception {
        connector.setShutdownIdleTimeout(DAY);
        site.start(answeringPath());
        Client client = site.connect();
        connectionOf(client);

        CompletableFuture<Void> stopped = stopInBackground();
        Site.await("still open", () -> !connector.isOpen());

        Response response = client.send(GET).receive();
        assertEquals("200 /", response.summary());
        assertEquals("close", response.header("connection"));
        client.close();
        stopped.get();
    }

    @Test
    void handshakeOfAConnectionThatWasAcceptedBeforeIsMade() throws Exception {
        site = new Site(this::newConnector, Transport.TLS_1_3);
        connector = (ChildConnector) site.connector();
        connector.setShutdownIdleTimeout(DAY);
        site.start(answeringPath());
        List<CompletableFuture<Void>> stopped = new ArrayList<>();

        Client client = site.connect(tcp -> {
            Site.await("not accepted", () -> !connector.getConnectedEndPoints().isEmpty());
            stopped.add(stopInBackground());
            Site.await("still open", () -> !connector.isOpen());
            return Transport.TLS_1_3.on(tcp);
        });

        assertEquals("200 /", client.send(GET).receive().summary());
        client.close();
        stopped.get(0).get();
    }

    /** Stops the server, and waits until that has ended a connection that is idle, and would have ended the other, were it idle, too. */
    private CompletableFuture<Void> stopUntilIdleAreEnded(AbstractEndPoint other) throws IOException {
        Client idle = site.connect();
        connectionOf(idle);
        CompletableFuture<Void> stopped = stopInBackground();
        assertEquals("", idle.receiveToEnd());
        Site.await("it is not silent", () -> other.getIdleFor() > 20 * CUT);
        return stopped;
    }

    private void useHttp2() throws Exception {
        site = new Site(this::newConnector, Transport.CLEAR_TEXT);
        site.useFactoriesAsTheyAre(new HttpConnectionFactory(site.http), new HTTP2CServerConnectionFactory(site.http));
        connector = (ChildConnector) site.connector();
    }

    private AbstractEndPoint connectionOf(Client client) {
        Predicate<EndPoint> isOf = it ->
                it.getRemoteSocketAddress() instanceof InetSocketAddress address && address.getPort() == client.port();
        Site.await(
                "not accepted", () -> connector.getConnectedEndPoints().stream().anyMatch(isOf));
        return (AbstractEndPoint) connector.getConnectedEndPoints().stream()
                .filter(isOf)
                .findAny()
                .orElseThrow();
    }

    private Client startWithARequestInFlight() throws Exception {
        site.start(holding());
        Client client = site.connect().send(GET);
        handling.await();
        return client;
    }

    private Servlet holding() {
        return servlet((request, response) -> {
            handling.countDown();
            finish.await();
            response.getOutputStream().print("finished");
        });
    }

    private CompletableFuture<Void> stopInBackground() {
        return Background.run(() -> {
            site.server.stop();
            return null;
        });
    }
}
