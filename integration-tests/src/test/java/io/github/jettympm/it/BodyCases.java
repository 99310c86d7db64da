package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies in both directions, large, chunked and slow. */
interface BodyCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void blockingServletReadsALargeBody() throws Exception {
        sameAsStock(visit -> {
            for (var browser : new Browser[] {visit.browser(), visit.tlsBrowser()}) {
                browser.send("POST", "/echo/digest", BodyPublishers.ofByteArray(Bodies.LARGE))
                        .shows(200, Bodies.digest(Bodies.LARGE));
            }
        });
    }

    @Test
    default void bodyOfUnknownLengthIsRead() throws Exception {
        sameAsStock(visit -> {
            for (var browser : new Browser[] {visit.browser(), visit.tlsBrowser()}) {
                var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(Bodies.LARGE));
                browser.send("POST", "/echo/digest", chunked).shows(200, Bodies.digest(Bodies.LARGE));
            }
        });
    }

    @Test
    default void connectionServesManyLargeBodies() throws Exception {
        sameAsStock(visit -> {
            try (var clear = visit.wire();
                    var secure = visit.tlsWire("TLSv1.3")) {
                for (var wire : new Wire[] {clear, secure}) {
                    for (var seed = 1; seed <= 5; seed++) {
                        var body = Bodies.random(3_000_000 + seed);
                        wire.send(Requests.post("/echo/digest", body));
                        wire.receive("POST /echo/digest").shows(200, Bodies.digest(body));
                    }
                }
            }
        });
    }

    @Test
    default void largeAnswerIsWrittenByABlockingServlet() throws Exception {
        sameAsStock(visit -> {
            for (var browser : new Browser[] {visit.browser(), visit.tlsBrowser()}) {
                assertEquals(
                        10_000_000,
                        browser.get("/echo/stream?count=10&size=1000000")
                                .shows(200)
                                .body()
                                .length);
                assertEquals(
                        1_000_000,
                        browser.get("/echo/stream?count=1000&size=1000&flush=true")
                                .shows(200)
                                .body()
                                .length);
            }
        });
    }

    @Test
    default void chunkedBodyWithExtensionsAndTrailersIsRead() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send(
                        "POST /echo/digest HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nTrailer: Check\n\n");
                wire.send("5;name=value\nhello\n");
                wire.send("1\n \n6\nworld!\n");
                wire.send("0\nCheck: sum\n\n");
                wire.receive("POST /echo/digest")
                        .shows(200, Bodies.digest("hello world!".getBytes(StandardCharsets.US_ASCII)));
                wire.send(Requests.get("/echo/connection?id=next"));
                wire.receive("GET /echo/connection").shows(200, "id: next");
            }
        });
    }

    @Test
    default void bodyMayArriveInSmallPieces() throws Exception {
        sameAsStock(visit -> {
            try (var clear = visit.wire();
                    var secure = visit.tlsWire("TLSv1.3")) {
                for (var wire : new Wire[] {clear, secure}) {
                    var body = Bodies.random(2_000);
                    wire.send("POST /echo/digest HTTP/1.1\nHost: localhost\nContent-Length: 2000\n\n");
                    for (var piece : body) {
                        wire.send(new byte[] {piece});
                    }
                    wire.receive("POST /echo/digest").shows(200, Bodies.digest(body));
                }
            }
        });
    }

    @Test
    default void clientThatExpectsContinueIsTold() throws Exception {
        sameAsStock(visit -> {
            try (var clear = visit.wire();
                    var secure = visit.tlsWire("TLSv1.2")) {
                for (var wire : new Wire[] {clear, secure}) {
                    var body = Bodies.random(200_000);
                    wire.send("""
                            POST /echo/digest HTTP/1.1
                            Host: localhost
                            Expect: 100-continue
                            Content-Length: 200000

                            """);
                    wire.receive("POST /echo/digest").shows(100);
                    wire.send(body);
                    wire.receive("POST /echo/digest").shows(200, Bodies.digest(body));
                    wire.send(Requests.get("/echo/connection?id=next"));
                    wire.receive("GET /echo/connection").shows(200, "id: next");
                }
            }
        });
    }

    @Test
    default void clientThatExpectsContinueIsRefusedBeforeItSends() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send("""
                            POST /echo/missing HTTP/1.1
                            Host: localhost
                            Expect: 100-continue
                            Content-Length: 200000

                            """);
                wire.receive("POST /echo/missing").shows(405);
                wire.awaitClose();
            }
        });
    }
}
