package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.handler;
import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

/** Callbacks that follow one another: much content must not need a deeper stack than some. */
abstract class DepthCases extends Cases {
    private static final int SOME = 1024 * 1024;
    private static final int MUCH = 20 * 1024 * 1024;

    /** Frames by which ways to a callback may differ; one frame for each piece of content would be a thousand. */
    private static final int TOLERANCE = 100;

    private final AtomicInteger deepest = new AtomicInteger();

    /** An exchange with so much content. */
    private interface Exchange {
        void of(int size) throws Exception;
    }

    private void measure() {
        int depth = StackWalker.getInstance().walk(Stream::count).intValue();
        deepest.accumulateAndGet(depth, Math::max);
    }

    private void assertDepthIsThatOf(Exchange exchange) throws Exception {
        exchange.of(SOME);
        int some = deepest.getAndSet(0);
        exchange.of(MUCH);
        int much = deepest.get();

        assertTrue(some > 0, "never called");
        assertTrue(much < some + TOLERANCE, much + " frames, but " + some + " with less content");
    }

    private static String post(int length) {
        return "POST / HTTP/1.1\nHost: localhost\nContent-Length: " + length + "\n\n";
    }

    @Test
    void readListener() throws Exception {
        site.start(servlet((request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            request.getInputStream().setReadListener(new Reader(context));
        }));
        Client client = site.connect();

        assertDepthIsThatOf(size -> {
            client.send(post(size)).send(new byte[size]);
            assertEquals("200 " + size, client.receive().summary());
        });
    }

    @Test
    void writeListener() throws Exception {
        site.start(servlet((request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            int size = Integer.parseInt(request.getRequestURI().substring(1));
            response.setContentLength(size);
            response.getOutputStream().setWriteListener(new Writer(context, size));
        }));
        Client client = site.connect();

        assertDepthIsThatOf(size -> {
            client.send("GET /" + size + " HTTP/1.1\nHost: localhost\n\n");
            assertEquals(size, client.receive().body().length);
        });
    }

    @Test
    void contentThatIsCopied() throws Exception {
        site.start(handler((request, response, callback) -> Content.copy(
                request,
                (last, buffer, written) -> {
                    measure();
                    response.write(last, buffer, written);
                },
                callback)));
        Client client = site.connect();

        assertDepthIsThatOf(size -> {
            byte[] content = Payload.ofSize(size);
            CompletableFuture<Client> sent =
                    Background.run(() -> client.send(post(size)).send(content));
            assertArrayEquals(content, client.receive().body());
            sent.get();
        });
    }

    /** Reads all and answers with the number of bytes. */
    private final class Reader implements ReadListener {
        private final AsyncContext context;
        private final ServletInputStream in;
        private final byte[] buffer = new byte[16 * 1024];
        private int count;

        Reader(AsyncContext context) throws IOException {
            this.context = context;
            this.in = context.getRequest().getInputStream();
        }

        @Override
        public void onDataAvailable() throws IOException {
            measure();
            while (in.isReady() && !in.isFinished()) {
                count += Math.max(0, in.read(buffer));
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            context.getResponse().getOutputStream().print(count);
            context.complete();
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }
    }

    /** Writes so many bytes. */
    private final class Writer implements WriteListener {
        private final AsyncContext context;
        private final ServletOutputStream out;
        private final byte[] buffer = new byte[16 * 1024];
        private int left;

        Writer(AsyncContext context, int size) throws IOException {
            this.context = context;
            this.out = context.getResponse().getOutputStream();
            this.left = size;
        }

        @Override
        public void onWritePossible() throws IOException {
            measure();
            while (left > 0 && out.isReady()) {
                int length = Math.min(left, buffer.length);
                left -= length;
                out.write(buffer, 0, length);
            }
            if (left == 0 && out.isReady()) {
                context.complete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            context.complete();
        }
    }
}
