package io.github.jettympm.contract;

import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Requests that go on after the servlet has returned. */
abstract class AsynchronousCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    private static String post(int length) {
        return "POST / HTTP/1.1\nHost: localhost\nContent-Length: " + length + "\n\n";
    }

    @Test
    void requestMayBeCompletedByAnotherThread() throws Exception {
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        site.start(servlet((request, response) -> started.complete(request.startAsync())));
        Client client = site.connect().send(GET);

        AsyncContext context = started.get();
        context.getResponse().getOutputStream().print("elsewhere");
        context.complete();

        assertEquals("200 elsewhere", client.receive().summary());
    }

    @Test
    void connectionIsKeptAfterAnAsynchronousRequest() throws Exception {
        site.start(servlet((request, response) -> {
            if (request.getRequestURI().equals("/now")) {
                response.getOutputStream().print("now");
                return;
            }
            AsyncContext context = request.startAsync();
            context.start(() -> complete(context, "later"));
        }));
        Client client = site.connect();

        for (int i = 0; i < 3; i++) {
            assertEquals("200 later", client.send(GET).receive().summary());
            assertEquals(
                    "200 now",
                    client.send("GET /now HTTP/1.1\nHost: localhost\n\n")
                            .receive()
                            .summary());
        }
    }

    private static void complete(AsyncContext context, String text) {
        try {
            context.getResponse().getOutputStream().print(text);
            context.complete();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestMayBeCompletedBeforeTheServletReturns() throws Exception {
        site.start(servlet((request, response) -> complete(request.startAsync(), "at once")));
        Client client = site.connect();

        assertEquals("200 at once", client.send(GET).receive().summary());
        assertEquals("200 at once", client.send(GET).receive().summary());
    }

    @Test
    void requestsThatWaitBehindAnAsynchronousOneAreAnsweredInOrder() throws Exception {
        CompletableFuture<AsyncContext> first = new CompletableFuture<>();
        site.start(servlet((request, response) -> {
            if (!first.isDone()) {
                first.complete(request.startAsync());
            } else {
                response.getOutputStream().print(request.getMethod());
            }
        }));
        Client client = site.connect().send(GET + GET + GET);

        complete(first.get(), "first");

        assertEquals("200 first", client.receive().summary());
        assertEquals("200 GET", client.receive().summary());
        assertEquals("200 GET", client.receive().summary());
    }

    @Test
    void requestMayBeDispatchedAgain() throws Exception {
        site.start(servlet((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                AsyncContext context = request.startAsync();
                context.start(() -> context.dispatch("/again"));
            } else {
                response.getOutputStream().print(request.getDispatcherType() + " " + request.getRequestURI());
            }
        }));

        assertEquals("200 ASYNC /again", site.connect().send(GET).receive().summary());
    }

    @Test
    void requestThatTakesTooLongTimesOut() throws Exception {
        site.start(servlet((request, response) -> {
            AsyncContext context = request.startAsync();
            context.setTimeout(100);
            context.addListener(new OnTimeout(() -> complete(context, "too late")));
        }));
        Client client = site.connect();

        assertEquals("200 too late", client.send(GET).receive().summary());
        assertEquals("200 too late", client.send(GET).receive().summary());
    }

    @Test
    void requestThatTimesOutWithoutAListenerFails() throws Exception {
        site.start(servlet((request, response) -> request.startAsync().setTimeout(100)));

        assertEquals(500, site.connect().send(GET).receive().status());
    }

    @Test
    void contentMayBeReadWithBlockingCallsAfterTheServletReturned() throws Exception {
        CompletableFuture<AsyncContext> started = new CompletableFuture<>();
        site.start(servlet((request, response) -> started.complete(request.startAsync())));
        byte[] content = Payload.ofSize(Payload.LARGE);
        Client client = site.connect().send(post(content.length));

        AsyncContext context = started.get();
        CompletableFuture<Void> echo = Background.run(() -> {
            context.getResponse()
                    .getOutputStream()
                    .write(context.getRequest().getInputStream().readAllBytes());
            context.complete();
            return null;
        });
        client.send(content);

        assertArrayEquals(content, client.receive().body());
        echo.get();
    }

    @Test
    void listenersEchoWhatTheClientSends() throws Exception {
        site.start(servlet((request, response) -> ListenerEcho.start(request, response)));
        byte[] content = Payload.ofSize(Payload.LARGE);
        Client client = site.connect();

        for (int i = 0; i < 2; i++) {
            CompletableFuture<Client> sent =
                    Background.run(() -> client.send(post(content.length)).send(content));

            Response response = client.receive();

            assertEquals(200, response.status());
            assertArrayEquals(content, response.body());
            sent.get();
        }
    }

    @Test
    void listenersAnswerBeforeTheClientHasSentAll() throws Exception {
        site.start(servlet((request, response) -> ListenerEcho.start(request, response)));
        Client client = site.connect().send(post(9) + "one");

        Response head = client.receiveHead();
        String first = new String(client.chunk());
        client.send("two");
        String second = new String(client.chunk());
        client.send("six");
        String third = new String(client.chunk());

        assertEquals(200, head.status());
        assertEquals("one two six", first + " " + second + " " + third);
        assertEquals(0, client.chunk().length);
    }

    @Test
    void listenerIsCalledOnlyWhenContentIsThere() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            ListenerEcho.start(request, response);
            returned.countDown();
        }));
        Client client = site.connect().send(post(5));

        returned.await();

        assertEquals("200 hello", client.send("hello").receive().summary());
    }

    /** Acts on a timeout. */
    private record OnTimeout(Runnable action) implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            action.run();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
