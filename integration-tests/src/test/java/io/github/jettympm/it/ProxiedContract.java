package io.github.jettympm.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A proxy in front that tells with the PROXY protocol whom it speaks for. */
abstract class ProxiedContract extends Contract {
    private static final String REQUEST = "GET /echo/connection HTTP/1.1\nHost: localhost\n\n";

    ProxiedContract(Model model) {
        super(Site.PROXIED, model);
    }

    @Test
    void textHeaderNamesTheClient() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send("PROXY TCP4 192.0.2.1 198.51.100.2 40001 8443\n" + REQUEST);
                wire.receive("GET /echo/connection")
                        .shows(200, "remote address: 192.0.2.1", "remote port: 40001", "local address: 198.51.100.2");
                wire.send(REQUEST);
                wire.receive("GET /echo/connection").shows(200, "remote address: 192.0.2.1");
            }
        });
    }

    @Test
    void textHeaderMayArriveInPieces() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                for (var letter :
                        "PROXY TCP6 2001:db8::1 2001:db8::2 40002 8443\r\n".getBytes(StandardCharsets.US_ASCII)) {
                    wire.send(new byte[] {letter});
                }
                wire.send(REQUEST);
                wire.receive("GET /echo/connection").shows(200, "2001:db8:0:0:0:0:0:1", "remote port: 40002");
            }
        });
    }

    @Test
    void unknownClientIsTheProxyItself() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send("PROXY UNKNOWN\n" + REQUEST);
                wire.receive("GET /echo/connection").shows(200, "remote address: 127.0.0.1");
            }
        });
    }

    @Test
    void binaryHeaderNamesTheClient() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                var header = new ByteArrayOutputStream();
                // The signature, version 2 with command PROXY, TCP over IPv4, 12 bytes of addresses and ports.
                header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII));
                header.writeBytes(new byte[] {0x21, 0x11, 0, 12});
                header.writeBytes(new byte[] {(byte) 192, 0, 2, 3, (byte) 198, 51, 100, 4});
                header.writeBytes(new byte[] {(byte) (40003 >> 8), (byte) 40003, (byte) (8443 >> 8), (byte) 8443});
                wire.send(header.toByteArray());
                wire.send(REQUEST);
                wire.receive("GET /echo/connection").shows(200, "remote address: 192.0.2.3", "remote port: 40003");
            }
        });
    }

    @Test
    void bodyBehindAProxyIsRead() throws Exception {
        sameAsStock(visit -> {
            var body = Bodies.random(1_000_000);
            try (var wire = visit.wire()) {
                wire.send("PROXY TCP4 192.0.2.1 198.51.100.2 40004 8443\n");
                wire.send("POST /echo/digest HTTP/1.1\nHost: localhost\nContent-Length: 1000000\n\n");
                wire.send(body);
                wire.receive("POST /echo/digest").shows(200, Bodies.digest(body));
            }
        });
    }

    @Test
    void requestWithoutHeaderIsServedAllTheSame() throws Exception {
        sameAsStock(visit -> {
            try (var wire = visit.wire()) {
                wire.send(REQUEST);
                wire.receive("GET /echo/connection").shows(200, "remote address: 127.0.0.1");
            }
        });
    }
}
