package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a connection lives, and what it carries. */
interface ConnectionCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        sameAsStock(visit -> {
            try (var clear = visit.wire();
                    var secure = visit.tlsWire("TLSv1.3")) {
                for (var wire : new Wire[] {clear, secure}) {
                    var all = new ByteArrayOutputStream();
                    for (var id = 1; id <= 10; id++) {
                        all.writeBytes(Requests.get("/echo/connection?id=" + id));
                    }
                    all.writeBytes(Requests.post("/echo/digest", Bodies.random(100_000)));
                    all.writeBytes(Requests.get("/echo/async?end=complete"));
                    all.writeBytes(Requests.get("/echo/stream?count=3&size=20000&flush=true"));
                    all.writeBytes(Requests.get("/echo/connection?id=last"));
                    wire.send(all.toByteArray());

                    for (var id = 1; id <= 10; id++) {
                        wire.receive("GET /echo/connection?id=" + id).shows(200, "id: " + id + "\r\n");
                    }
                    wire.receive("POST /echo/digest").shows(200, Bodies.digest(Bodies.random(100_000)));
                    wire.receive("GET /echo/async").shows(200, "completed");
                    wire.receive("GET /echo/stream").shows(200, "aaaa", "cccc");
                    wire.receive("GET /echo/connection?id=last").shows(200, "id: last");
                }
            }
        });
    }

    @Test
    default void requestMayArriveInSmallPieces() throws Exception {
        sameAsStock(visit -> {
            try (var clear = visit.wire();
                    var secure = visit.tlsWire("TLSv1.2")) {
                for (var wire : new Wire[] {clear, secure}) {
                    for (var letter : Requests.get("/echo/connection?id=slow")) {
                        wire.send(new byte[] {letter});
                    }
                    wire.receive("GET /echo/connection").shows(200, "id: slow");
                }
            }
        });
    }

    @Test
    default void clientMayEndSendingBeforeItReads() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send(Requests.get("/echo/stream?count=100&size=10000"));
                wire.endSending();
                wire.receive("GET /echo/stream").shows(200);
                wire.awaitClose();
            }
        });
    }

    @Test
    default void connectionIsClosedWhenAsked() throws Exception {
        sameAsStock(visit -> {
            for (var request : new String[] {
                "GET /echo/connection HTTP/1.1\nHost: localhost\nConnection: close\n\n",
                "GET /echo/connection HTTP/1.0\nHost: localhost\n\n",
                "GET /echo/stream?count=3&size=10&flush=true HTTP/1.0\nHost: localhost\n\n",
                "GET /echo/stream?count=3&size=10&flush=true HTTP/1.1\nHost: localhost\nConnection: close\n\n"
            }) {
                try (var wire = visit.wire()) {
                    wire.send(request);
                    wire.receive(request.lines().findFirst().orElseThrow()).shows(200);
                    wire.awaitClose();
                }
            }
        });
    }

    @Test
    default void oldClientMayKeepTheConnection() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                for (var id = 1; id <= 3; id++) {
                    wire.send("GET /echo/connection?id=%d HTTP/1.0\nHost: localhost\nConnection: keep-alive\n\n"
                            .formatted(id));
                    wire.receive("GET /echo/connection").shows(200, "id: " + id);
                }
            }
        });
    }

    @Test
    default void malformedRequestsAreRefused() throws Exception {
        sameAsStock(visit -> {
            for (var request : new String[] {
                "nonsense\n\n",
                "GET /echo/connection HTTP/1.1\n\n",
                "GET /echo/connection HTTP/9.9\nHost: localhost\n\n",
                "GET /echo/connection HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n",
                "GET /echo/connection?" + "x".repeat(9_000) + " HTTP/1.1\nHost: localhost\n\n",
                "GET /echo/connection HTTP/1.1\nHost: localhost\nLong: " + "x".repeat(9_000) + "\n\n"
            }) {
                try (var wire = visit.wire()) {
                    wire.send(request);
                    wire.receive(
                            request.substring(0, Math.min(60, request.length())).replace("\n", "/"));
                    wire.awaitClose();
                }
            }
        });
    }

    @Test
    default void headersMaySayWhereTheRequestCameFrom() throws Exception {
        sameAsStock(visit -> {
            var browser = visit.browser();

            browser.get("/echo/connection", "Forwarded", "for=192.0.2.7:4711;host=shop.example;proto=https")
                    .shows(
                            200,
                            "remote address: 192.0.2.7",
                            "remote port: 4711",
                            "server: shop.example",
                            "secure: true");
            browser.get("/echo/connection", "X-Forwarded-For", "192.0.2.8", "X-Forwarded-Proto", "https")
                    .shows(200, "remote address: 192.0.2.8", "scheme: https");
            browser.get("/echo/connection").shows(200, "remote address: 127.0.0.1", "scheme: http");
        });
    }

    @Test
    default void manyClientsAtOnceAreServed() throws Exception {
        sameAsStock(visit -> {
            var paths = IntStream.range(0, 5)
                    .mapToObj(id -> "/echo/stream?count=20&size=10000&id=" + id)
                    .toList();

            visit.browser()
                    .getTogether(paths)
                    .forEach(answer -> assertEquals(200_000, answer.shows(200).body().length));
            visit.tlsBrowser()
                    .getTogether(paths)
                    .forEach(answer -> assertEquals(200_000, answer.shows(200).body().length));
        });
    }
}
