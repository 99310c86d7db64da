package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;

/** Much content both ways at once: neither direction may wait for the other. */
abstract class DuplexCases extends Cases {
    /** More than the kernel keeps for both ends, so that who writes it has to wait until the other end reads. */
    private static final byte[] UP = Payload.ofSize(8 * 1024 * 1024);

    private static final byte[] DOWN = Payload.ofSize(UP.length + 1);
    private static final int PIECE = 64 * 1024;
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\nContent-Length: " + UP.length + "\n\n";

    /** Completed with the content that the application has read. */
    private final CompletableFuture<byte[]> read = new CompletableFuture<>();

    /** How many pieces the application has got rid of. */
    private final AtomicInteger written = new AtomicInteger();

    private Void read(InputStream in) throws Exception {
        read.complete(in.readAllBytes());
        return null;
    }

    private Void write(OutputStream out) throws Exception {
        int some = DOWN.length / 4;
        for (int at = 0; at < some; at += PIECE) {
            out.write(DOWN, at, Math.min(PIECE, some - at));
            written.incrementAndGet();
        }
        out.write(DOWN, some, DOWN.length - some); // which is stuck in one call
        return null;
    }

    /** An application with a thread that reads and one that writes, neither of them a thread of the server. */
    private void startWithTwoThreads() throws Exception {
        site.start(servlet((request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            response.setContentLength(DOWN.length);
            InputStream in = request.getInputStream();
            OutputStream out = response.getOutputStream();
            CompletableFuture.allOf(Background.run(() -> read(in)), Background.run(() -> write(out)))
                    .whenComplete((nothing, failure) -> context.complete());
        }));
    }

    private Client connect() throws Exception {
        return site.connectWithReceiveBuffer(64 * 1024);
    }

    private void assertExchangeByClientThatSendsAllBeforeItReads() throws Exception {
        Client client = connect().send(POST).send(UP);

        assertArrayEquals(UP, read.get());
        assertArrayEquals(DOWN, client.receive().body());
    }

    @Test
    void clientSendsAndReadsAtOnce() throws Exception {
        startWithTwoThreads();
        Client client = connect();

        CompletableFuture<Client> sent = Background.run(() -> client.send(POST).send(UP));

        assertArrayEquals(DOWN, client.receive().body());
        assertArrayEquals(UP, read.get());
        sent.get();
    }

    @Test
    void clientReadsOnlyWhenAllIsSent() throws Exception {
        startWithTwoThreads();

        assertExchangeByClientThatSendsAllBeforeItReads();
    }

    @Test
    void clientSendsOnlyWhenItHasReadHalf() throws Exception {
        startWithTwoThreads();
        Client client = connect().send(POST);
        int half = DOWN.length / 2;

        assertEquals(200, client.receiveHead().status());
        assertArrayEquals(Arrays.copyOf(DOWN, half), client.receive(half));
        CompletableFuture<Client> sent = Background.run(() -> client.send(UP));

        assertArrayEquals(Arrays.copyOfRange(DOWN, half, DOWN.length), client.receive(DOWN.length - half));
        assertArrayEquals(UP, read.get());
        sent.get();
    }

    @Test
    void servletReadsWhileAnotherThreadIsStuckInAWrite() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        startAnsweringGet((request, response) -> {
            OutputStream out = response.getOutputStream();
            CompletableFuture<Void> written = Background.run(() -> write(out));
            stuck.await();
            read(request.getInputStream());
            written.get();
        });

        assertExchangeOnceWriterIsStuck(stuck);
    }

    @Test
    void servletWaitsInAReadWhileAnotherThreadGetsStuckInAWrite() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        startAnsweringGet((request, response) -> {
            OutputStream out = response.getOutputStream();
            CompletableFuture<Void> done = Background.run(() -> {
                waiting.await();
                return write(out);
            });
            InputStream in = request.getInputStream();
            assertEquals(UP[0], (byte) in.read());
            reading.countDown();
            read(in);
            done.get();
        });
        Client other = site.connect();
        Client client = connect().send(POST).send(Arrays.copyOf(UP, 1));
        byte[] rest = Arrays.copyOfRange(UP, 1, UP.length);

        reading.await();
        exchangeMuch(other); // meanwhile the servlet comes to wait
        waiting.countDown();
        assertEquals(200, client.receiveHead().status());
        awaitStuckWriter(other);
        client.send(rest);

        assertArrayEquals(rest, read.get());
        assertArrayEquals(DOWN, client.receive(DOWN.length));
    }

    @Test
    void servletIsStuckInAWriteWhileAnotherThreadReads() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        startAnsweringGet((request, response) -> {
            InputStream in = request.getInputStream();
            CompletableFuture<Void> done = Background.run(() -> {
                stuck.await();
                return read(in);
            });
            write(response.getOutputStream());
            done.get();
        });

        assertExchangeOnceWriterIsStuck(stuck);
    }

    private void startAnsweringGet(LambdaServlet.Body post) throws Exception {
        site.start(servlet((request, response) -> {
            if (request.getMethod().equals("POST")) {
                response.setContentLength(DOWN.length);
                post.service(request, response);
            }
        }));
    }

    private void assertExchangeOnceWriterIsStuck(CountDownLatch stuck) throws Exception {
        Client other = site.connect();
        Client client = connect().send(POST);
        assertEquals(200, client.receiveHead().status());

        awaitStuckWriter(other);
        stuck.countDown();
        client.send(UP);

        assertArrayEquals(UP, read.get());
        assertArrayEquals(DOWN, client.receive(DOWN.length));
    }

    private void awaitStuckWriter(Client other) throws Exception {
        int before = -1;
        while (before < written.get()) { // as long as the kernel takes more
            before = written.get();
            exchangeMuch(other);
        }
    }

    private static void exchangeMuch(Client other) throws Exception {
        for (int i = 0; i < 500; i++) {
            other.send("GET / HTTP/1.1\nHost: localhost\n\n").receive();
        }
    }

    @Test
    void handlerWritesAndReadsWithCallbacks() throws Exception {
        site.start(handler((request, response, callback) -> {
            response.getHeaders().put("Content-Length", DOWN.length);
            Callback.Completable written = new Callback.Completable();
            response.write(false, ByteBuffer.wrap(DOWN), written);
            Promise.Completable<ByteBuffer> content = new Promise.Completable<>();
            Content.Source.asByteBuffer(request, content);
            content.thenAccept(buffer -> read.complete(BufferUtil.toArray(buffer)));
            CompletableFuture.allOf(written, content)
                    .whenComplete((nothing, failure) -> response.write(true, BufferUtil.EMPTY_BUFFER, callback));
        }));

        assertExchangeByClientThatSendsAllBeforeItReads();
    }
}
