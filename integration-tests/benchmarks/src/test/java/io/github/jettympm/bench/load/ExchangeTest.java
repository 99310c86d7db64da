package io.github.jettympm.bench.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final Exchange exchange = new Exchange();

    private void receive(String text) {
        exchange.received().put(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void responseInPiecesIsCompleteWithItsLastByte() {
        receive("HTTP/1.1 200 OK\r\nContent-Le");
        assertFalse(exchange.isComplete());
        receive("ngth: 2\r\n\r\no");
        assertFalse(exchange.isComplete());
        receive("k");

        assertTrue(exchange.isComplete());
        assertTrue(exchange.isRight("ok"));
        assertFalse(exchange.isRight("no"));
    }

    @Test
    void anotherStatusIsNotRight() {
        receive("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\nok");

        assertTrue(exchange.isComplete());
        assertFalse(exchange.isRight("ok"));
    }

    @Test
    void lengthHasToBeAnnounced() {
        receive("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

        assertThrows(IllegalStateException.class, exchange::isComplete);
    }
}
