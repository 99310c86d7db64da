package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.answeringPath;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.junit.jupiter.api.Test;

/** Starting, pausing and ending a connector. */
abstract class LifeCycleCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    @Test
    void portIsKnownWhileTheConnectorIsOpen() throws Exception {
        AbstractNetworkConnector connector = site.connector();

        assertEquals(-1, connector.getLocalPort());
        assertFalse(connector.isOpen());
        site.start(answeringPath());
        assertTrue(connector.getLocalPort() > 0);
        assertTrue(connector.isOpen());
        connector.close();
        assertEquals(-2, connector.getLocalPort());
        assertFalse(connector.isOpen());
    }

    @Test
    void connectedEndPointsAreThoseOfTheClients() throws Exception {
        site.start(answeringPath());
        Client first = site.connect();
        Client second = site.connect();
        first.send(GET).receive();
        second.send(GET).receive();

        assertEquals(2, site.connector().getConnectedEndPoints().size());
        first.close();
        Site.await(
                "the first is still there",
                () -> site.connector().getConnectedEndPoints().size() == 1);
        second.close();
        site.awaitNoEndPoints();
    }

    @Test
    void connectionsWaitWhileTheConnectorDoesNotAccept() throws Exception {
        site.start(answeringPath());
        Client open = site.connect();
        open.send(GET).receive();

        site.connector().setAccepting(false);
        List<CompletableFuture<Response>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(Background.run(() -> site.connect().send(GET).receive()));
        }
        for (int i = 0; i < 50; i++) {
            assertEquals("200 /", open.send(GET).receive().summary());
        }

        assertFalse(site.connector().isAccepting());
        int served = site.connector().getConnectedEndPoints().size() - 1;
        assertTrue(served <= 1, served + " were accepted; only an acceptor that was waiting already may take one");
        site.connector().setAccepting(true);
        for (CompletableFuture<Response> response : waiting) {
            assertEquals("200 /", response.get().summary());
        }
    }

    @Test
    void shutdownRefusesNewConnectionsAndClosesIdleOnes() throws Exception {
        AbstractNetworkConnector connector = site.connector();
        connector.setShutdownIdleTimeout(100);
        site.start(answeringPath());
        Client idle = site.connect();
        idle.send(GET).receive();
        int port = connector.getLocalPort();

        assertFalse(connector.isShutdown());
        CompletableFuture<Void> done = connector.shutdown();

        Site.await("not shut down", connector::isShutdown); // once the response is complete for the server, too
        Site.await("still open", () -> isRefused(port));
        assertEquals("", idle.receiveToEnd());
        done.get();
        assertEquals(List.of(), List.copyOf(connector.getConnectedEndPoints()));
    }

    /** A thread that is accepting may still take a connection at the moment of the close. */
    private static boolean isRefused(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return false;
        } catch (IOException e) {
            return e instanceof ConnectException;
        }
    }

    @Test
    void shutdownLetsARequestInFlightFinish() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        site.connector().setShutdownIdleTimeout(-1);
        site.start(servlet((request, response) -> {
            handling.countDown();
            finish.await();
            response.getOutputStream().print("finished");
        }));
        Client client = site.connect().send(GET);
        handling.await();

        CompletableFuture<Void> done = site.connector().shutdown();
        assertFalse(done.isDone());
        finish.countDown();
        Response response = client.receive();

        assertEquals("200 finished", response.summary());
        assertEquals("close", response.header("connection"));
        assertEquals("", client.receiveToEnd());
        client.close();
        done.get();
    }

    @Test
    void stopClosesIdleConnections() throws Exception {
        site.start(answeringPath());
        Client silent = site.connect();
        Client idle = site.connect();
        idle.send(GET).receive();
        Site.await(
                "both are accepted",
                () -> site.connector().getConnectedEndPoints().size() == 2);

        site.connector().stop();

        assertEquals("", idle.receiveToEnd());
        assertEquals("", silent.receiveToEnd());
        Site.await(
                "connections are left",
                () -> site.connector().getConnectedEndPoints().isEmpty());
    }

    @Test
    void stopClosesAConnectionWithARequestInFlight() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            handling.countDown();
            finish.await();
            response.getOutputStream().print("too late");
        }));
        Client client = site.connect().send(GET);
        handling.await();

        CompletableFuture<Void> stopped = Background.run(() -> {
            site.connector().stop();
            return null;
        });

        assertEquals("", client.receiveToEnd());
        finish.countDown();
        stopped.get();
    }

    @Test
    void stopEndsAServletThatWaitsForContent() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.connector().setIdleTimeout(0); // nothing else may end the wait
        site.start(servlet((request, response) -> {
            try {
                request.getInputStream().readNBytes(5);
                reading.countDown();
                request.getInputStream().readAllBytes();
                failure.complete(null);
            } catch (Throwable e) {
                failure.complete(e);
                throw e;
            }
        }));
        Client client = site.connect().send("POST / HTTP/1.1\nHost: localhost\nContent-Length: 10\n\n12345");
        reading.await();

        site.connector().stop();

        client.receiveToEnd();
        assertInstanceOf(IOException.class, failure.get());
    }

    @Test
    void connectorMayBeStartedAgain() throws Exception {
        site.start(servlet((request, response) -> {
            if (request.getRequestURI().equals("/async")) {
                request.startAsync().start(() -> request.getAsyncContext().complete());
            }
        }));

        for (int i = 0; i < 3; i++) {
            Client client = site.connect();
            assertEquals(
                    200,
                    client.send("GET /async HTTP/1.1\nHost: localhost\n\n")
                            .receive()
                            .status());
            assertEquals(200, client.send(GET).receive().status());
            site.connector().stop();
            assertEquals("", client.receiveToEnd());
            site.connector().start();
        }

        assertEquals(200, site.connect().send(GET).receive().status());
    }

    @Test
    void restartLeavesNothingBehind() throws Exception {
        site.start(servlet((request, response) -> {
            AsyncContext context = request.startAsync();
            context.start(context::complete);
        }));
        site.connect().send(GET).receive();

        for (int i = 0; i < 3; i++) {
            site.connector().stop();
            site.connector().start();
            site.connect().send(GET).receive();
        }

        int selectorManagers = site.connector().getBeans(SelectorManager.class).size();
        assertTrue(selectorManagers <= 1, selectorManagers + " selector managers");
    }

    @Test
    void serverMayBeStartedAgain() throws Exception {
        site.start(answeringPath());
        assertEquals("200 /", site.connect().send(GET).receive().summary());

        site.server.stop();
        site.server.start();

        assertEquals("200 /", site.connect().send(GET).receive().summary());
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            site.connector().setPort(taken.getLocalPort());

            IOException e = assertThrows(IOException.class, () -> site.start(answeringPath()));

            assertEquals("Failed to bind to /127.0.0.1:" + taken.getLocalPort(), e.getMessage());
            assertFalse(site.server.isRunning());
        }
    }

    @Test
    void startMayFollowOneThatFailed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            site.connector().setPort(taken.getLocalPort());
            assertThrows(IOException.class, () -> site.start(answeringPath()));
        }

        site.server.start();

        assertEquals("200 /", site.connect().send(GET).receive().summary());
    }

    @Test
    void twoConnectorsOfAServerAreServed() throws Exception {
        AbstractNetworkConnector other = site.newConnector(new HttpConnectionFactory(site.http));
        site.connector();
        site.server.addConnector(other);
        site.start(answering(request -> request.getConnectionMetaData().getConnector() == other ? "other" : "first"));

        assertEquals("200 first", site.connect().send(GET).receive().summary());
        try (Client client = new Client(Transport.CLEAR_TEXT, other.getLocalPort())) {
            assertEquals("200 other", client.send(GET).receive().summary());
        }
        Site.await("connections are left", () -> other.getConnectedEndPoints().isEmpty());
    }

    @Test
    void dumpNamesItsConnections() throws Exception {
        site.start(answeringPath());
        Client client = site.connect();
        client.send(GET).receive();

        String dump = site.connector().dump();

        assertTrue(
                Arrays.stream(dump.split("\n")).anyMatch(line -> line.contains("r=/127.0.0.1:" + client.port())), dump);
    }
}
