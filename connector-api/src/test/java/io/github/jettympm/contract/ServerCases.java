package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.servlet.AsyncContext;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What Jetty's monitors and handlers do with connections: measure them, hold them back, shut them down. */
abstract class ServerCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nhello";

    private final AtomicBoolean low = new AtomicBoolean();

    private LowResourceMonitor monitorOfLow() {
        LowResourceMonitor monitor = new LowResourceMonitor(site.server);
        monitor.setPeriod(10);
        monitor.setLowResourcesIdleTimeout(50);
        monitor.addLowResourceCheck(new LowIsSet());
        site.server.addBean(monitor);
        return monitor;
    }

    private void awaitConnections(int count) {
        Site.await(
                "not " + count + " connections",
                () -> site.connector().getConnectedEndPoints().size() == count);
    }

    @Test
    void lowResourcesEndIdleConnections() throws Exception {
        monitorOfLow();
        site.start(answering(request -> "hello"));
        Client idle = site.connect();
        idle.send(GET).receive();
        Client silent = site.connect();
        awaitConnections(2);

        low.set(true);

        assertEquals("", idle.receiveToEnd());
        assertEquals("", silent.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void lowResourcesLeaveARequestInPeace() throws Exception {
        LowResourceMonitor monitor = monitorOfLow();
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            handling.countDown();
            finish.await();
            response.getOutputStream().print("finished");
        }));
        Client idle = site.connect();
        Client busy = site.connect().send(GET);
        handling.await();
        awaitConnections(2); // only those that there are when it begins are affected

        low.set(true);
        assertEquals("", idle.receiveToEnd());
        low.set(false);
        Site.await("still low", () -> !monitor.isLowOnResources());
        finish.countDown();

        assertEquals("200 finished", busy.receive().summary());
        assertEquals("200 finished", busy.send(GET).receive().summary());
    }

    @Test
    void lowResourcesMayEndAccepting() throws Exception {
        LowResourceMonitor monitor = monitorOfLow();
        monitor.setAcceptingInLowResources(false);
        site.start(answering(request -> "hello"));
        site.connect().send(GET).receive();

        low.set(true);
        Site.await("still accepting", () -> !site.connector().isAccepting());
        low.set(false);
        Site.await("not accepting", () -> site.connector().isAccepting());

        assertEquals("200 hello", site.connect().send(GET).receive().summary());
    }

    @Test
    void statisticsCountRequestsAndBytes() throws Exception {
        StatisticsHandler statistics = new StatisticsHandler(handler((request, response, callback) -> {
            Content.Source.consumeAll(request);
            response.write(true, ByteBuffer.wrap(new byte[1000]), callback);
        }));
        site.start(statistics);
        Client client = site.connect();

        client.send(GET).receive();
        client.send(POST).receive();

        Site.await("the end was not counted", () -> statistics.getResponses2xx() == 2); // the last to be counted
        assertEquals(0, statistics.getRequestsActive());
        assertEquals(2, statistics.getRequestTotal());
        assertEquals(2, statistics.getHandleTotal());
        assertEquals(1, statistics.getRequestsActiveMax());
        assertEquals(5, statistics.getBytesRead());
        assertEquals(2000, statistics.getBytesWritten());
        assertEquals(0, statistics.getFailures());
    }

    @Test
    void threadLimitHoldsBackTheNextRequestOfAClient() throws Exception {
        Held held = new Held();
        ThreadLimitHandler limit = new ThreadLimitHandler();
        limit.setThreadLimit(1);
        limit.setHandler(held.handler());
        AtomicInteger left = new AtomicInteger();
        site.start(new Handler.Wrapper(limit) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                boolean handled = super.handle(request, response, callback);
                left.incrementAndGet();
                return handled;
            }
        });
        Client first = site.connect().send(GET);
        held.entered.await();
        Client second = site.connect().send(GET);

        Site.await("the second one is not put off", () -> left.get() == 1);
        held.release(first, second);
    }

    @Test
    void qualityOfServiceHoldsBackTheNextRequest() throws Exception {
        Held held = new Held();
        QoSHandler quality = new QoSHandler(held.handler());
        quality.setMaxRequestCount(1);
        site.start(quality);
        Client first = site.connect().send(GET);
        held.entered.await();
        Client second = site.connect().send(GET);

        Site.await("the second one is not put off", () -> quality.getSuspendedRequestCount() == 1);
        held.release(first, second);
        assertEquals(1, quality.getTotalResumedRequestCount());
    }

    @Test
    void stopLetsRequestsFinish() throws Exception {
        site.server.setStopTimeout(10_000);
        CountDownLatch handling = new CountDownLatch(2);
        CountDownLatch finish = new CountDownLatch(1);
        CompletableFuture<AsyncContext> asynchronous = new CompletableFuture<>();
        site.connector().setShutdownIdleTimeout(3_000); // Jetty may keep half of a TLS connection until then
        site.start(servlet((request, response) -> {
            handling.countDown();
            if (request.getRequestURI().equals("/async")) {
                asynchronous.complete(request.startAsync());
                return;
            }
            finish.await();
            response.getOutputStream().print("finished");
        }));
        Client first = site.connect().send(GET);
        Client second = site.connect().send("GET /async HTTP/1.1\nHost: localhost\n\n");
        handling.await();

        CompletableFuture<Void> stopped = Background.run(() -> {
            site.server.stop();
            return null;
        });
        Site.await("still open", () -> !site.connector().isOpen());
        finish.countDown();
        AsyncContext context = asynchronous.get();
        context.getResponse().getOutputStream().print("completed");
        context.complete();

        assertEquals("200 finished", first.receive().summary());
        assertEquals("200 completed", second.receive().summary());
        assertEquals("", first.receiveToEnd());
        assertEquals("", second.receiveToEnd());
        first.close();
        second.close();
        stopped.get();
    }

    /** A handler in which requests wait, and how many of them are in it at once. */
    private static final class Held {
        final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicBoolean crowded = new AtomicBoolean();

        Handler handler() {
            return answering(request -> {
                if (inside.incrementAndGet() > 1) {
                    crowded.set(true);
                }
                entered.countDown();
                awaitRelease();
                inside.decrementAndGet();
                return "hello";
            });
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Lets both requests pass, one after the other. */
        void release(Client first, Client second) throws Exception {
            released.countDown();
            assertEquals("200 hello", first.receive().summary());
            assertEquals("200 hello", second.receive().summary());
            assertFalse(crowded.get(), "both at once");
            assertEquals("200 hello", second.send(GET).receive().summary());
        }
    }

    private final class LowIsSet implements LowResourceMonitor.LowResourceCheck {
        @Override
        public boolean isLowOnResources() {
            return low.get();
        }

        @Override
        public String getReason() {
            return "the test says so";
        }
    }
}
