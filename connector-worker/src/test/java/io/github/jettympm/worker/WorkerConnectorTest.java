package io.github.jettympm.worker;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.contract.Background;
import io.github.jettympm.contract.Client;
import io.github.jettympm.contract.Handlers;
import io.github.jettympm.contract.Response;
import io.github.jettympm.contract.Site;
import io.github.jettympm.contract.Transport;
import jakarta.servlet.AsyncContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.VirtualThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerConnectorTest {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    private final Site site = new Site(WorkerConnector::new, Transport.CLEAR_TEXT);
    private WorkerConnector connector;

    @BeforeEach
    void makeConnector() {
        connector = (WorkerConnector) site.connector();
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private void threads(int minSpare, int maxSpare, int max) {
        connector.setMinSpareThreads(minSpare);
        connector.setMaxSpareThreads(maxSpare);
        connector.setMaxThreads(max);
    }

    private static Handler answeringThreadName() {
        return answering(request -> Thread.currentThread().getName());
    }

    private static String refusal(WorkerConnector connector) {
        return assertThrows(IllegalArgumentException.class, connector::start).getMessage();
    }

    @Test
    void threadsAreNamedAfterTheModel() throws Exception {
        threads(1, 1, 1);
        site.start(answeringThreadName());

        Response response = site.connect().send(GET).receive();

        assertEquals("200 worker-serve-1", response.summary());
    }

    @Test
    void connectionKeepsItsThread() throws Exception {
        site.start(answeringThreadName());
        Client client = site.connect();
        Client other = site.connect();

        String thread = client.send(GET).receive().text();
        String otherThread = other.send(GET).receive().text();

        assertTrue(thread.matches("worker-serve-[1-9]"), thread);
        assertTrue(!thread.equals(otherThread), thread);
        assertEquals(thread, client.send(GET).receive().text());
        assertEquals(otherThread, other.send(GET).receive().text());
    }

    @Test
    void spareThreadsWaitFromTheStart() throws Exception {
        threads(3, 5, 10);
        site.start(answeringThreadName());

        assertEquals(3, connector.getThreads());
        assertEquals(3, connector.getSpareThreads());
    }

    @Test
    void busyThreadsAreMadeUpForAndSurplusOnesEnd() throws Exception {
        threads(1, 2, 5);
        site.start(answeringThreadName());

        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Client client = site.connect();
            client.send(GET).receive();
            clients.add(client);
        }

        assertEquals(5, connector.getThreads());
        assertEquals(1, connector.getSpareThreads());
        for (Client client : clients) {
            client.close();
        }
        Site.await("surplus threads are left", () -> connector.getThreads() == 2);
        assertEquals("200", site.connect().send(GET).receive().summary().substring(0, 3));
    }

    @Test
    void connectionWaitsWhenAllThreadsAreBusy() throws Exception {
        threads(1, 1, 1);
        site.start(answering(request -> "served"));
        Client first = site.connect();
        assertEquals("200 served", first.send(GET).receive().summary());

        Client second = site.connect().send(GET);
        for (int i = 0; i < 20; i++) {
            first.send(GET).receive();
        }
        assertEquals(1, connector.getConnectedEndPoints().size());
        first.close();

        assertEquals("200 served", second.receive().summary());
        assertEquals(1, connector.getThreads());
    }

    @Test
    void connectionOfAnAsynchronousRequestGivesItsThreadBack() throws Exception {
        threads(1, 1, 1);
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            if (request.getRequestURI().equals("/async")) {
                started.complete(request.startAsync());
            }
        }));
        Client first = site.connect().send("GET /async HTTP/1.1\nHost: localhost\n\n");
        AsyncContext context = started.get();

        assertEquals("200 ", site.connect().send(GET).receive().summary());
        context.complete();

        assertEquals("200 ", first.receive().summary());
    }

    @Test
    void upgradedConnectionGivesItsThreadBack() throws Exception {
        threads(1, 1, 1);
        site.start(Handlers.upgradingToEcho());
        Client upgraded =
                site.connect().send("GET / HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: echo\n\n");
        assertEquals(101, upgraded.receive().status());

        assertEquals("200 ", site.connect().send(GET).receive().summary());

        assertEquals("still there", upgraded.send("still there").receiveText(11));
    }

    @Test
    void interruptLeftByARequestHurtsNoOther() throws Exception {
        threads(1, 1, 1);
        site.start(handler((request, response, callback) -> {
            Thread.currentThread().interrupt();
            callback.succeeded();
        }));

        for (int i = 0; i < 3; i++) {
            try (Client client = site.connect()) {
                assertEquals("200 ", client.send(GET).receive().summary());
                assertEquals("200 ", client.send(GET).receive().summary());
            }
        }
    }

    @Test
    void errorOfAHandlerDoesNotEndItsThread() throws Exception {
        threads(1, 1, 1);
        site.start(handler((request, response, callback) -> {
            throw new StackOverflowError("on purpose");
        }));

        for (int i = 0; i < 3; i++) {
            try (Client client = site.connect()) {
                assertEquals(500, client.send(GET).receive().status());
            }
        }
    }

    @Test
    void stopInterruptsARequestThatGoesOn() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                failure.complete(e);
            }
        }));
        site.connect().send(GET);
        handling.await();

        site.connector().stop();

        assertInstanceOf(InterruptedException.class, failure.get());
        assertEquals(0, connector.getThreads());
        assertEquals(0, connector.getSpareThreads());
    }

    @Test
    void requestMayStopTheConnectorThatServesIt() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            try {
                connector.stop();
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (Exception e) {
                interrupted.completeExceptionally(e);
            }
        }));

        site.connect().send(GET);

        assertFalse(interrupted.get());
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
        site.start(answeringThreadName());
        site.connect().send(GET).receive();

        connector.stop();

        assertEquals(0, connector.getThreads());
        // One of another connector, which stopped while it served, may still be about to end.
        Site.await(
                "threads are left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("worker-serve-") && thread.isAlive()));
    }

    @Test
    void settingsOutOfRangeAreRefusedAtStart() {
        threads(1, 1, 0);
        assertEquals("jetty.worker.maxThreads=0 is out of range: use 1 to 20000", refusal(connector));
        threads(0, 1, 1);
        assertEquals("jetty.worker.minSpareThreads=0 is out of range: use 1 to 1", refusal(connector));
        threads(4, 3, 10);
        assertEquals("jetty.worker.maxSpareThreads=3 is out of range: use 4 to 10", refusal(connector));
    }

    @Test
    void fewThreadsNeedNoOtherNumbers() throws Exception {
        connector.setMaxThreads(2);
        site.start(Handlers.answeringPath());

        assertEquals(200, site.connect().send(GET).receive().status());
        assertEquals(2, connector.getThreads());
    }

    @Test
    void numberOfChildrenIsFixedOrFollowsTheThreads() {
        connector.setProcesses(2);
        connector.setStartServers(1);

        assertEquals(
                "jetty.worker.processes=2 and jetty.worker.startServers=1 exclude each other: the first is for a fixed"
                        + " number of child processes",
                refusal(connector));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualThreadsAreRefusedWhereThereAreNone() {
        connector.setVirtualThreads(true);

        assertEquals(
                "jetty.worker.virtualThreads=true needs Java 21 or newer, and this is Java "
                        + Runtime.version().feature() + ": start the server with a newer one, or set it to false",
                refusal(connector));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void connectionsAreServedByVirtualThreads() throws Exception {
        connector.setVirtualThreads(true);
        site.start(answering(request -> Thread.currentThread().getName() + " " + VirtualThreads.isVirtualThread()));

        Response response = site.connect().send(GET).receive();

        assertTrue(response.text().matches("worker-serve-[0-9]+ true"), response.text());
        assertEquals(20_000, connector.getMaxThreads());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void connectionsOfVirtualThreadsAreLimited() throws Exception {
        connector.setVirtualThreads(true);
        threads(1, 2, 2);
        site.start(answeringThreadName());
        Client first = site.connect();
        Client second = site.connect();
        first.send(GET).receive();
        second.send(GET).receive();

        Client third = site.connect().send(GET);
        first.close();

        assertEquals(200, third.receive().status());
        assertEquals(2, connector.getThreads());
    }

    @Test
    void manyConnectionsComeAndGo() throws Exception {
        threads(1, 2, 4);
        site.start(Handlers.answeringPath());

        List<CompletableFuture<Integer>> visitors = new ArrayList<>();
        for (int visitor = 0; visitor < 8; visitor++) {
            visitors.add(Background.run(this::visitOften));
        }

        for (CompletableFuture<Integer> visitor : visitors) {
            assertEquals(50, visitor.get());
        }
        site.awaitNoEndPoints();
        Site.await("too many threads", () -> connector.getThreads() <= 2);
    }

    private int visitOften() throws Exception {
        int served = 0;
        for (int i = 0; i < 50; i++) {
            try (Client client = site.connect()) {
                served += client.send(GET).receive().status() == 200 ? 1 : 0;
            }
        }
        return served;
    }
}
