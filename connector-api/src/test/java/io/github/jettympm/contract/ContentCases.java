package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;

/** Requests with content that an application reads with blocking calls, or does not read. */
abstract class ContentCases extends Cases {
    private static final LambdaServlet ECHO = servlet((request, response) -> {
        byte[] content = request.getInputStream().readAllBytes();
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    });

    private static String head(int length) {
        return "POST / HTTP/1.1\nHost: localhost\nContent-Length: " + length + "\n\n";
    }

    private static final String CHUNKED = "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n";

    @Test
    void contentOfKnownLengthIsRead() throws Exception {
        site.start(ECHO);
        byte[] content = Payload.ofSize(Payload.LARGE);

        Response response =
                site.connect().send(head(content.length)).send(content).receive();

        assertEquals(200, response.status());
        assertArrayEquals(content, response.body());
    }

    @Test
    void contentInChunksIsRead() throws Exception {
        site.start(ECHO);
        byte[] content = Payload.ofSize(Payload.LARGE);

        Response response =
                site.connect().send(CHUNKED).send(Payload.chunked(content)).receive();

        assertEquals(200, response.status());
        assertArrayEquals(content, response.body());
    }

    @Test
    void requestsWithContentShareAConnection() throws Exception {
        site.start(ECHO);
        Client client = site.connect();

        for (int size : new int[] {1, Payload.LARGE, 0, 100, 70_000, Payload.LARGE}) {
            byte[] content = Payload.ofSize(size);

            Response response = client.send(head(size)).send(content).receive();

            assertArrayEquals(content, response.body());
            assertArrayEquals(
                    content,
                    client.send(CHUNKED)
                            .send(Payload.chunked(content))
                            .receive()
                            .body());
        }
    }

    @Test
    void headAndContentInOnePacketWithTheNextRequest() throws Exception {
        site.start(ECHO);
        Client client = site.connect();

        client.sendTogether(head(5), "first", head(6) + "second", head(5) + "th", "ird");

        assertEquals("200 first", client.receive().summary());
        assertEquals("200 second", client.receive().summary());
        assertEquals("200 third", client.receive().summary());
    }

    @Test
    void eightConnectionsAtOnceAreServed() throws Exception {
        CyclicBarrier allThere = new CyclicBarrier(8);
        site.start(servlet((request, response) -> {
            allThere.await();
            byte[] content = request.getInputStream().readAllBytes();
            response.getOutputStream().write(content);
        }));
        byte[] content = Payload.ofSize(Payload.LARGE);

        List<CompletableFuture<Response>> responses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Client client = site.connect();
            responses.add(Background.run(
                    () -> client.send(head(content.length)).send(content).receive()));
        }

        for (CompletableFuture<Response> response : responses) {
            assertArrayEquals(content, response.get().body());
        }
    }

    @Test
    void contentMayArriveAfterTheServletWaitsForIt() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch readFirst = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            InputStream in = request.getInputStream();
            reading.countDown();
            byte[] first = in.readNBytes(3);
            readFirst.countDown();
            response.getOutputStream().write(first);
            response.getOutputStream().write(in.readAllBytes());
        }));
        Client client = site.connect().send(head(9));

        reading.await();
        client.send("one");
        readFirst.await();
        client.send("two").send("six");

        assertEquals("200 onetwosix", client.receive().summary());
    }

    @Test
    void servletThatIsInterruptedStillReadsWhatIsThere() throws Exception {
        site.start(servlet((request, response) -> {
            InputStream in = request.getInputStream();
            Thread.currentThread().interrupt();
            byte[] content = in.readNBytes(5);
            response.getOutputStream().write(content);
        }));
        Client client = site.connect();

        for (int i = 0; i < 3; i++) {
            assertEquals("200 there", client.send(head(5) + "there").receive().summary());
        }
    }

    @Test
    void contentMayArriveByteByByte() throws Exception {
        site.start(ECHO);
        Client client = site.connect().send(head(26));

        for (char c = 'a'; c <= 'z'; c++) {
            client.send(String.valueOf(c));
        }

        assertEquals("200 abcdefghijklmnopqrstuvwxyz", client.receive().summary());
    }

    @Test
    void recordMayArriveByteByByte() throws Exception {
        site.start(ECHO);
        String content = "x".repeat(16_000);

        Response response =
                site.connect().send(head(content.length())).sendTorn(content).receive();

        assertEquals("200 " + content, response.summary());
    }

    @Test
    void clientThatExpectsItIsToldToContinue() throws Exception {
        site.start(ECHO);
        Client client = site.connect();
        byte[] content = Payload.ofSize(Payload.LARGE);

        Response interim = client.send("POST / HTTP/1.1\nHost: localhost\nContent-Length: " + content.length
                        + "\nExpect: 100-continue\n\n")
                .receive();
        Response response = client.send(content).receive();

        assertEquals(100, interim.status());
        assertArrayEquals(content, response.body());
        assertEquals("200 kept", client.send(head(4) + "kept").receive().summary());
    }

    @Test
    void clientThatExpectsToContinueMayBeRefused() throws Exception {
        site.start(servlet((request, response) -> response.setStatus(413)));
        Client client = site.connect();

        Response response = client.send("POST / HTTP/1.1\nHost: localhost\nContent-Length: 5\nExpect: 100-continue\n\n")
                .receive();

        assertEquals("413 ", response.summary());
        assertEquals("close", response.header("connection"));
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void smallContentThatIsIgnoredDoesNotHurtTheNextRequest() throws Exception {
        site.start(servlet((request, response) -> response.getOutputStream().print(request.getMethod())));
        Client client = site.connect();

        client.send(head(7) + "ignored" + head(7) + "ignored");

        assertEquals("200 POST", client.receive().summary());
        assertEquals("200 POST", client.receive().summary());
        assertEquals(
                "200 GET",
                client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().summary());
    }

    @Test
    void largeContentThatIsIgnoredEndsTheConnection() throws Exception {
        site.start(servlet((request, response) -> response.getOutputStream().print("enough")));
        Client client = site.connect();

        client.sendTogether(head(Payload.LARGE), "x".repeat(20_000)); // the server may close after the first bit
        Response response = client.receive();

        assertEquals("200 enough", response.summary());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void failureInTheMiddleOfContentAndResponseEndsTheConnection() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            response.flushBuffer();
            reading.countDown();
            request.getInputStream().read();
            throw new IllegalStateException("on purpose");
        }));
        Client client = site.connect().send(head(Payload.LARGE));

        reading.await();
        client.sendTogether("x".repeat(100_000));

        assertEquals(200, client.receiveHead().status());
        client.receiveToEnd();
        site.awaitNoEndPoints();
    }

    @Test
    void servletMayReadInAThreadOfItsOwn() throws Exception {
        site.start(servlet((request, response) -> {
            InputStream in = request.getInputStream();
            byte[] content = Background.run(in::readAllBytes).get();
            response.getOutputStream().write(content);
        }));
        byte[] content = Payload.ofSize(Payload.LARGE);
        Client client = site.connect();

        for (int i = 0; i < 2; i++) {
            assertArrayEquals(
                    content,
                    client.send(head(content.length)).send(content).receive().body());
        }
    }

    @Test
    void servletMayGoOnReadingInAnotherThread() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            InputStream in = request.getInputStream();
            byte[] first = in.readNBytes(5);
            firstRead.countDown();
            byte[] rest = Background.run(in::readAllBytes).get();
            response.getOutputStream().write(first);
            response.getOutputStream().write(rest);
        }));
        Client client = site.connect().send(head(10) + "first");

        firstRead.await();
        client.send("other");

        assertEquals("200 firstother", client.receive().summary());
        assertEquals(
                "200 123456789A", client.send(head(10) + "123456789A").receive().summary());
    }

    @Test
    void servletMayWriteInAThreadOfItsOwnWhileItReads() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            CompletableFuture<Void> writer = Background.run(() -> {
                response.getOutputStream().print("early");
                response.flushBuffer();
                written.countDown();
                return null;
            });
            byte[] content = request.getInputStream().readAllBytes();
            writer.get();
            response.getOutputStream().write(content);
        }));
        Client client = site.connect().send(head(4));

        Response head = client.receiveHead();
        String early = new String(client.chunk());
        written.await();
        client.send("late");

        assertEquals(200, head.status());
        assertEquals("early", early);
        assertEquals("late", new String(client.chunk()));
        assertEquals(0, client.chunk().length);
    }

    @Test
    void handlerMayDemandContentAndBlockUntilItIsThere() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        site.start(handler((request, response, callback) -> {
            CountDownLatch there = new CountDownLatch(1);
            request.demand(there::countDown);
            waiting.countDown();
            there.await();
            Content.Chunk chunk = request.read();
            String text = BufferUtil.toString(chunk.getByteBuffer());
            chunk.release();
            Content.Sink.write(response, true, text, callback);
        }));
        Client client = site.connect().send(head(4));

        waiting.await();
        client.send("here");

        assertEquals("200 here", client.receive().summary());
    }
}
