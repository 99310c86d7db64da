package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.answeringPath;
import static io.github.jettympm.contract.Handlers.handler;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** Requests without content, and what becomes of their connection. */
abstract class RequestCases extends Cases {
    @Test
    void getIsAnswered() throws Exception {
        site.start(answering(request -> "hello"));

        Response response =
                site.connect().send("GET / HTTP/1.1\nHost: localhost\n\n").receive();

        assertEquals("HTTP/1.1", response.version());
        assertEquals("200 hello", response.summary());
        assertEquals("5", response.header("content-length"));
        assertNull(response.header("connection"));
    }

    @Test
    void connectionIsKeptAlive() throws Exception {
        site.start(answering(request -> Integer.toString(Request.getRemotePort(request))));
        Client client = site.connect();

        for (int i = 0; i < 5; i++) {
            Response response =
                    client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive();

            assertEquals("200 " + client.port(), response.summary());
        }
    }

    @Test
    void requestsInOnePacketAreAnsweredInOrder() throws Exception {
        site.start(answeringPath());
        Client client = site.connect();

        client.send("GET /1 HTTP/1.1\nHost: localhost\n\nGET /2 HTTP/1.1\nHost: localhost\n\n"
                + "GET /3 HTTP/1.1\nHost: localhost\n\n");

        assertEquals("200 /1", client.receive().summary());
        assertEquals("200 /2", client.receive().summary());
        assertEquals("200 /3", client.receive().summary());
    }

    @Test
    void requestsInRecordsOfOnePacketAreAnsweredInOrder() throws Exception {
        site.start(answeringPath());
        Client client = site.connect();

        client.sendTogether(
                "GET /1 HTTP/1.1\nHost: localhost\n\n",
                "GET /2 HTTP/1.1\nHost: localhost\n\n",
                "GET /3 HTTP/1.1\nHost: localhost\n\n");

        assertEquals("200 /1", client.receive().summary());
        assertEquals("200 /2", client.receive().summary());
        assertEquals("200 /3", client.receive().summary());
    }

    @Test
    void halfOfTheNextRequestWaitsForItsOtherHalf() throws Exception {
        site.start(answeringPath());
        Client client = site.connect();

        client.send("GET /1 HTTP/1.1\nHost: localhost\n\nGET /2 HTTP/1.1\nHo");

        assertEquals("200 /1", client.receive().summary());
        assertEquals("200 /2", client.send("st: localhost\n\n").receive().summary());
    }

    @Test
    void headThatArrivesByteByByteIsAnswered() throws Exception {
        site.start(answeringPath());
        Client client = site.connect();

        for (char c : "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n".toCharArray()) {
            client.send(new byte[] {(byte) c});
        }

        assertEquals("200 /slow", client.receive().summary());
    }

    @Test
    void http10ClosesTheConnection() throws Exception {
        site.start(answering(request -> "old"));
        Client client = site.connect();

        Response response = client.send("GET / HTTP/1.0\nHost: localhost\n\n").receive();

        assertEquals("200 old", response.summary());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void http10KeepsTheConnectionOnDemand() throws Exception {
        site.start(answering(request -> "old"));
        Client client = site.connect();

        Response first = client.send("GET / HTTP/1.0\nHost: localhost\nConnection: keep-alive\n\n")
                .receive();
        Response second = client.send("GET / HTTP/1.0\nHost: localhost\n\n").receive();

        assertEquals("200 old", first.summary());
        assertEquals("keep-alive", first.header("connection"));
        assertEquals("200 old", second.summary());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void connectionCloseIsObeyed() throws Exception {
        site.start(answering(request -> "last"));
        Client client = site.connect();

        Response response = client.send("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                .receive();

        assertEquals("200 last", response.summary());
        assertEquals("close", response.header("connection"));
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void applicationMayCloseTheConnection() throws Exception {
        site.start(handler((request, response, callback) -> {
            response.getHeaders().put("Connection", "close");
            Content.Sink.write(response, true, "bye", callback);
        }));
        Client client = site.connect();

        Response response = client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive();

        assertEquals("200 bye", response.summary());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void headHasNoContent() throws Exception {
        site.start(answering(request -> "unseen"));
        Client client = site.connect();

        Response head = client.send("HEAD / HTTP/1.1\nHost: localhost\n\n").receiveHead();
        Response next = client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive();

        assertEquals(200, head.status());
        assertEquals("6", head.header("content-length"));
        assertEquals("200 unseen", next.summary());
    }

    @Test
    void malformedRequestIsRefused() throws Exception {
        site.start(answering(request -> "never"));
        Client client = site.connect();

        Response response = client.send("GET / HTTP/1.1\n\n").receive();

        assertEquals(400, response.status());
        assertEquals("", client.receiveToEnd());
    }

    @Test
    void failureOfTheHandlerIsAnsweredAndTheConnectionKept() throws Exception {
        site.start(handler((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/fails")) {
                throw new IllegalStateException("on purpose");
            }
            Content.Sink.write(response, true, "fine", callback);
        }));
        Client client = site.connect();

        Response failed =
                client.send("GET /fails HTTP/1.1\nHost: localhost\n\n").receive();
        Response next = client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive();

        assertEquals(500, failed.status());
        assertEquals("200 fine", next.summary());
    }

    @Test
    void handlerThatIsInterruptedStillAnswers() throws Exception {
        site.start(handler((request, response, callback) -> {
            Thread.currentThread().interrupt();
            Content.Sink.write(response, true, "interrupted", callback);
        }));
        Client client = site.connect();

        for (int i = 0; i < 3; i++) {
            Response response =
                    client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive();

            assertEquals("200 interrupted", response.summary());
        }
    }

    @Test
    void largeResponseReachesASlowReader() throws Exception {
        byte[] content = Payload.ofSize(10 * 1024 * 1024);
        site.start(LambdaServlet.servlet((request, response) -> {
            response.setContentLength(content.length);
            response.getOutputStream().write(content);
        }));
        Client client = site.connectWithReceiveBuffer(8 * 1024);

        Response head = client.send("GET / HTTP/1.1\nHost: localhost\n\n").receiveHead();
        byte[] received = new byte[content.length];
        int piece = 10_000;
        for (int at = 0; at < received.length; at += piece) {
            byte[] bytes = client.receive(Math.min(piece, received.length - at));
            System.arraycopy(bytes, 0, received, at, bytes.length);
            Thread.yield();
        }

        assertEquals(200, head.status());
        assertArrayEquals(content, received);
    }
}
