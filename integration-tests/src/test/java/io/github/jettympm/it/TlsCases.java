package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is different over TLS. */
interface TlsCases {
    /** As {@link Contract#sameAsStock}. */
    void sameAsStock(Conversation conversation) throws Exception;

    @Test
    default void secureRequestIsKnownToBeSecure() throws Exception {
        sameAsStock(visit -> visit.tlsBrowser()
                .get("/echo/connection")
                .shows(200, "scheme: https", "secure: true", "cipher suite: TLS_", "remote address: 127.0.0.1"));
    }

    @Test
    default void olderTlsIsSpokenToo() throws Exception {
        // The names of TLS 1.3's cipher suites leave the key exchange out.
        var suites = Map.of("TLSv1.2", "cipher suite: TLS_ECDHE_", "TLSv1.3", "cipher suite: TLS_AES_");
        sameAsStock(visit -> {
            for (var protocol : List.of("TLSv1.2", "TLSv1.3")) {
                try (var wire = visit.tlsWire(protocol)) {
                    wire.send(Requests.get("/echo/connection"));
                    wire.receive("GET /echo/connection").shows(200, suites.get(protocol));
                    wire.send(Requests.post("/echo/digest", Bodies.LARGE));
                    wire.receive("POST /echo/digest").shows(200, Bodies.digest(Bodies.LARGE));
                }
            }
        });
    }

    @Test
    default void webSocketIsSpokenOverTls() throws Exception {
        sameAsStock(visit -> {
            try (var talk = visit.tlsTalk("/jetty/jetty.websocket/", "chat")) {
                for (var length = 1; length <= 50_000; length *= 10) {
                    talk.say("Ada:" + "x".repeat(length));
                    assertEquals(length + 6, talk.hear().length());
                }
                talk.sayGoodbye();
                talk.hear();
            }
        });
    }
}
