package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clients that close their connection, or half of it, at any moment. */
abstract class DisconnectCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 10\n\n";

    @Test
    void clientThatStopsSendingStillGetsTheResponse() throws Exception {
        assumeFalse(site.transport().isSecure(), "TLS has no half of a connection before version 1.3");
        CountDownLatch handled = new CountDownLatch(1);
        CountDownLatch halfClosed = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            handled.countDown();
            halfClosed.await();
            response.getOutputStream().print("after all");
        }));
        Client client = site.connect().send(GET);

        handled.await();
        client.endSending();
        halfClosed.countDown();

        assertEquals("200 after all", client.receive().summary());
        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatStopsSendingAtOnceStillGetsTheResponse() throws Exception {
        assumeFalse(site.transport().isSecure(), "TLS has no half of a connection before version 1.3");
        site.start(answering(request -> "hello"));
        Client client = site.connect().send(GET);

        client.endSending();

        assertEquals("200 hello", client.receive().summary());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void clientThatLeavesBetweenRequestsIsForgotten() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect();
        client.send(GET).receive();

        client.close();

        site.awaitNoEndPoints();
    }

    @Test
    void clientThatLeavesWithoutARequestIsForgotten() throws Exception {
        site.start(answering(request -> "hello"));
        Client silent = site.connect();
        Client inTheMiddle = site.connect().send("GET / HTT");
        Site.await(
                "two connections",
                () -> site.connector().getConnectedEndPoints().size() == 2);

        silent.close();
        inTheMiddle.drop();

        site.awaitNoEndPoints();
    }

    /**
     * Linux hands out a connection that its client has reset in the queue like any other; its accept(2) has no way to
     * fail with ECONNABORTED for it, as that of other kernels does.
     */
    @Test
    void clientsThatLeaveInTheQueueAreForgotten() throws Exception {
        site.start(answering(request -> "hello"));
        Client other = site.connect();
        other.send(GET).receive();
        site.connector().setAccepting(false);

        for (int i = 0; i < 5; i++) {
            try (Socket impatient = new Socket()) {
                impatient.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), site.connector().getLocalPort()));
                impatient.setSoLinger(true, 0); // a reset instead of an end
            }
        }
        site.connector().setAccepting(true);

        assertEquals("200 hello", site.connect().send(GET).receive().summary());
        assertEquals("200 hello", other.send(GET).receive().summary());
    }

    @Test
    void clientThatLeavesInTheMiddleOfItsContentFailsTheServlet() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            try {
                request.getInputStream().readNBytes(5);
                reading.countDown();
                request.getInputStream().readAllBytes();
                failure.complete(null);
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        }));
        Client client = site.connect().send(POST + "12345");

        reading.await();
        client.drop();

        assertInstanceOf(IOException.class, failure.get());
        site.awaitNoEndPoints();
    }

    /** Over TLS it says so, which a thread that waits for content has to hear. */
    @Test
    void clientThatEndsInTheMiddleOfItsContentFailsTheServlet() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            try {
                request.getInputStream().readAllBytes();
                failure.complete(null);
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        }));
        Client client = site.connect()
                .send("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n80000000\nhello\n0\n\n");

        client.close();

        assertInstanceOf(IOException.class, failure.get());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatLeavesInTheMiddleOfTheResponseFailsTheServlet() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            byte[] piece = new byte[1024 * 1024];
            try {
                for (int i = 0; i < 256; i++) {
                    response.getOutputStream().write(piece);
                }
                failure.complete(null);
            } catch (IOException e) {
                failure.complete(e);
                throw e;
            }
        }));
        Client client = site.connectWithReceiveBuffer(8 * 1024).send(GET);

        client.receiveHead();
        client.drop();

        assertInstanceOf(IOException.class, failure.get());
        site.awaitNoEndPoints();
    }

    @Test
    void clientThatLeavesDuringAnAsynchronousRequestIsForgottenWhenItCompletes() throws Exception {
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        site.start(servlet((request, response) -> started.complete(request.startAsync())));
        Client client = site.connect().send(GET);

        AsyncContext context = started.get();
        client.drop();
        context.complete();

        site.awaitNoEndPoints();
    }

    @Test
    void clientThatLeavesWhileListenersWaitIsForgotten() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            ListenerEcho.start(request, response);
            returned.countDown();
        }));
        Client client = site.connect().send(POST + "12345");

        client.receiveHead();
        returned.await();
        client.drop();

        site.awaitNoEndPoints();
    }

    @Test
    void oneThatLeavesDoesNotDisturbOthers() throws Exception {
        site.start(answering(request -> "hello"));
        Client other = site.connect();
        other.send(GET).receive();

        site.connect().send(POST + "123").drop();

        assertEquals("200 hello", other.send(GET).receive().summary());
    }
}
