package io.github.jettympm.contract;

import static io.github.jettympm.contract.LambdaServlet.servlet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Messages that do not say their length first: how their end is known (RFC 9112, 6.3 and 7.1). */
abstract class FramingCases extends Cases {
    private static final String POST = "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n";

    @Test
    void chunksMayHaveExtensions() throws Exception {
        site.start(servlet((request, response) ->
                response.getOutputStream().write(request.getInputStream().readAllBytes())));
        Client client = site.connect();

        for (int i = 0; i < 2; i++) {
            client.send(POST + "5;a\nhello\n4;b=1;c=\"2;3\"\n you\n0;d=4\n\n");

            assertEquals("200 hello you", client.receive().summary());
        }
    }

    @Test
    void requestMayEndWithTrailers() throws Exception {
        startAnsweringTrailer();
        Client client = site.connect();

        for (int i = 0; i < 2; i++) {
            client.send(POST + "5\nhello\n0\nX-Sum: " + i + "\nX-More: 1\n\n");

            assertEquals("200 hello " + i, client.receive().summary());
        }
    }

    @Test
    void trailersMayArriveAfterTheServletWaitsForThem() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        site.start(servlet((request, response) -> {
            byte[] first = request.getInputStream().readNBytes(5);
            reading.countDown();
            request.getInputStream().readAllBytes();
            response.getOutputStream()
                    .print(new String(first) + " " + request.getTrailerFields().get("x-sum"));
        }));
        Client client = site.connect().send(POST + "5\nhello\n");

        reading.await();
        client.send("0\n").send("X-Sum: ").send("1\n\n");

        assertEquals("200 hello 1", client.receive().summary());
        client.send(POST + "5\nhello\n0\nX-Sum: 2\n\n");
        assertEquals("200 hello 2", client.receive().summary());
    }

    private void startAnsweringTrailer() throws Exception {
        site.start(servlet((request, response) -> {
            String content = new String(request.getInputStream().readAllBytes());
            response.getOutputStream()
                    .print(content + " " + request.getTrailerFields().get("x-sum"));
        }));
    }

    @Test
    void responseMayEndWithTrailers() throws Exception {
        site.start(servlet((request, response) -> {
            response.setTrailerFields(() -> Map.of("X-Sum", "1"));
            response.getOutputStream().print("hello");
        }));
        Client client = site.connect();
        String expected = "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n";

        for (int i = 0; i < 2; i++) {
            Response head = client.send("GET / HTTP/1.1\nHost: localhost\n\n").receiveHead();

            assertEquals("chunked", head.header("transfer-encoding"));
            assertEquals(expected, client.receiveText(expected.length()));
        }
    }

    @Test
    void http10ResponseOfUnknownLengthEndsWithTheConnection() throws Exception {
        site.start(servlet((request, response) -> {
            response.getOutputStream().print("one ");
            response.flushBuffer();
            response.getOutputStream().print("two");
        }));
        Client client = site.connect();

        Response response = client.send("GET / HTTP/1.0\nHost: localhost\n\n").receive();

        assertNull(response.header("content-length"));
        assertNull(response.header("transfer-encoding"));
        assertEquals("200 one two", response.summary());
    }
}
