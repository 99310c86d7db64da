package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answeringPath;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.ChildConnector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

        assertEquals("200 finished", client.receive().summary());
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

    private Client startWithARequestInFlight() throws Exception {
        site.start(servlet((request, response) -> {
            handling.countDown();
            finish.await();
            response.getOutputStream().print("finished");
        }));
        Client client = site.connect().send(GET);
        handling.await();
        return client;
    }

    private CompletableFuture<Void> stopInBackground() {
        return Background.run(() -> {
            site.server.stop();
            return null;
        });
    }
}
