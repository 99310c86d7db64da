package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** HTTP/2 beside HTTP/1.1 on the same ports, for the connectors that speak it. */
abstract class Http2Contract extends TlsAndProtocolsContract {
    Http2Contract(Model model) {
        super(model);
    }

    @Test
    void http2IsNegotiatedOverTls() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.http2Browser();

            assertEquals(
                    "HTTP/2",
                    browser.get("/echo/connection")
                            .shows(200, "protocol: HTTP/2")
                            .protocol());
            browser.send("POST", "/echo/digest", BodyPublishers.ofByteArray(Bodies.LARGE))
                    .shows(200, Bodies.digest(Bodies.LARGE));
            browser.send("POST", "/echo/digest", BodyPublishers.ofByteArray(Bodies.random(10)))
                    .shows(200, Bodies.digest(Bodies.random(10)));
            browser.get("/echo/stream?count=10&size=100000&flush=true").shows(200);
            browser.head("/echo/connection").shows(200);
            // No error: now and then Jetty, stock as well, resets the stream of one although it has sent all of it.
        });
    }

    @Test
    void http11IsNegotiatedOverTls() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.negotiatedWire("http/1.1")) {
                assertTrue(visit.transcript().lines().contains("negotiated 'http/1.1'"));
                wire.send(Requests.get("/echo/connection"));
                wire.receive("GET /echo/connection").shows(200, "protocol: HTTP/1.1", "secure: true");
                wire.send(Requests.post("/echo/digest", Bodies.LARGE));
                wire.receive("POST /echo/digest").shows(200, Bodies.digest(Bodies.LARGE));
            }
        });
    }

    @Test
    void http2StreamsShareAConnection() throws Exception {
        sameAsStock(visit -> {
            var paths = IntStream.range(0, 20)
                    .mapToObj(id -> "/echo/stream?count=20&size=10000&id=" + id)
                    .toList();

            visit.http2Browser()
                    .getTogether(paths)
                    .forEach(answer -> assertEquals(200_000, answer.shows(200).body().length));
        });
    }

    @Test
    void http2ServletsMayBeAsynchronous() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.http2Browser();

            browser.get("/echo/async?end=complete").shows(200, "completed");
            browser.get("/echo/async?end=dispatch").shows(200, "dispatched");
            browser.get("/echo/async?end=timeout").shows(200, "timed out");
            var echoed = browser.send("POST", "/echo/listener-echo", BodyPublishers.ofByteArray(Bodies.LARGE))
                    .shows(200);
            assertArrayEquals(Bodies.LARGE, echoed.body());
        });
    }

    @Test
    void http2IsSpokenWithPriorKnowledge() throws Exception {
        sameAsStock(visit -> {
            try (var client = visit.priorKnowledge()) {
                client.get("/echo/connection").shows(200, "protocol: HTTP/2", "secure: false");
                client.post("/echo/digest", Bodies.LARGE).shows(200, Bodies.digest(Bodies.LARGE));
                assertArrayEquals(
                        Bodies.LARGE,
                        client.post("/echo/listener-echo", Bodies.LARGE)
                                .shows(200)
                                .body());
                client.get("/echo/async?end=dispatch").shows(200, "dispatched");
                client.get("/echo/stream?count=10&size=100000&flush=true").shows(200);
            }
        });
    }

    @Test
    void http11IsUpgradedInClearText() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.upgradingBrowser();

            assertEquals("HTTP/2", browser.get("/echo/connection").shows(200).protocol());
            assertEquals(
                    "HTTP/2",
                    browser.get("/echo/connection")
                            .shows(200, "protocol: HTTP/2")
                            .protocol());
            browser.send("POST", "/echo/digest", BodyPublishers.ofByteArray(Bodies.LARGE))
                    .shows(200, Bodies.digest(Bodies.LARGE));
        });
    }
}
