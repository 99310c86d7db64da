package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Connections on which nothing happens for longer than the idle timeout. */
abstract class TimeoutCases extends Cases {
    private static final long IDLE_TIMEOUT = 500;
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\nContent-Length: 10\n\n";

    /** Sets the timeout of the connections that there are; what they have done before may have taken longer. */
    private void setIdleTimeout(long millis) {
        site.connector().getConnectedEndPoints().forEach(endPoint -> endPoint.setIdleTimeout(millis));
    }

    private void awaitConnection() {
        Site.await("not open", () -> site.connector().getConnectedEndPoints().size() == 1);
    }

    @Test
    void connectionThatNeverSendsAnythingIsClosed() throws Exception {
        site.connector().setIdleTimeout(IDLE_TIMEOUT);
        site.start(answering(request -> "hello"));

        site.connect(tcp -> tcp).receiveToEnd();

        site.awaitNoEndPoints();
    }

    @Test
    void connectionThatIsIdleBetweenRequestsIsClosed() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect();
        assertEquals("200 hello", client.send(GET).receive().summary());

        setIdleTimeout(IDLE_TIMEOUT);

        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void connectionThatNeverSendsARequestIsClosed() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect();
        awaitConnection();

        setIdleTimeout(IDLE_TIMEOUT);

        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void connectionThatSendsHalfAHeadIsClosed() throws Exception {
        site.start(answering(request -> "hello"));
        Client client = site.connect().send("GET / HTTP/1.1\nHo");
        awaitConnection();

        setIdleTimeout(IDLE_TIMEOUT);

        assertEquals("", client.receiveToEnd());
        site.awaitNoEndPoints();
    }

    @Test
    void servletThatWaitsForContentGetsAFailureAndMayAnswer() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            setIdleTimeout(IDLE_TIMEOUT);
            try {
                request.getInputStream().readAllBytes();
            } catch (IOException e) {
                failure.complete(e);
                response.setStatus(408);
                response.getOutputStream().print("sorry");
            }
        }));
        Client client = site.connect().send(POST + "12345");

        Response response = client.receive();

        assertEquals("408 sorry", response.summary());
        assertEquals("close", response.header("connection"));
        assertEquals("", client.receiveToEnd());
        assertInstanceOf(TimeoutException.class, failure.get().getCause());
    }

    @Test
    void servletThatLetsTheFailurePassAnswersWithAnError() throws Exception {
        site.start(servlet((request, response) -> {
            setIdleTimeout(IDLE_TIMEOUT);
            request.getInputStream().readAllBytes();
        }));
        Client client = site.connect().send(POST + "12345");

        assertEquals(500, client.receive().status());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void servletThatComputesForLongIsNotIdle() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            setIdleTimeout(IDLE_TIMEOUT);
            later.await(3 * IDLE_TIMEOUT, TimeUnit.MILLISECONDS);
            // The last look has to be over: one at the moment of the response may close what was idle until then.
            setIdleTimeout(site.connector().getIdleTimeout());
            later.await(IDLE_TIMEOUT / 2, TimeUnit.MILLISECONDS);
            response.getOutputStream().print("done");
        }));

        assertEquals("200 done", site.connect().send(GET).receive().summary());
    }

    @Test
    void servletWhoseResponseIsStuckGetsAFailure() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            setIdleTimeout(IDLE_TIMEOUT);
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

        site.connectWithReceiveBuffer(8 * 1024).send(GET);

        assertInstanceOf(IOException.class, failure.get());
        site.awaitNoEndPoints();
    }
}
