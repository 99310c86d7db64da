package io.github.jettympm.status;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Hand-made values for the tests of what shows them. */
final class Statuses {
    static final Instant NOW = Instant.parse("2026-03-05T09:07:03Z");
    /** What a stranger may write into a request. */
    static final String HOSTILE = "GET /<script>alert(\"x\")</script>'&\\\n\u0001\u202e";

    private static final long MB = 1024 * 1024;

    private Statuses() {}

    /** A server of the given connectors that has run for 1 day, 1 h, 2 min and 3 s. */
    static Status server(ConnectorStatus... connectors) {
        return new Status(
                NOW,
                NOW.minus(Duration.ofDays(1).plusHours(1).plusMinutes(2).plusSeconds(3)),
                "www.example.org",
                "Jetty/12.1.12 jetty-mpm/0.1.0",
                List.of(0.52, 1.0, 12.345),
                Duration.ofMillis(1_500),
                Duration.ofMillis(250),
                -1,
                List.of(connectors));
    }

    /** Four slots: one idle, one that writes, one that ends, and an open one. */
    static ConnectorStatus prefork() {
        return prefork("GET /shop/cart");
    }

    static ConnectorStatus prefork(String request) {
        return new ConnectorStatus(
                "prefork@1a2b",
                "prefork",
                "0.0.0.0:8080",
                "http/1.1",
                2,
                4,
                1,
                3,
                7,
                128,
                5,
                6,
                Map.of("signal 11", 2L),
                Map.of("maxConnectionsPerChild", 3L),
                List.of(
                        process(0, SlotState.READY, 1, 0, row(0, Activity.NONE, request)),
                        process(1, SlotState.READY, 0, 1, row(0, Activity.WRITING, request)),
                        process(2, SlotState.DRAINING, 0, 1, row(0, Activity.KEEP_ALIVE, request))),
                history(),
                new Served(10, 70, 700, Duration.ofMillis(400)));
    }

    /** One process with four rows, of which the second is busy. */
    static ConnectorStatus event() {
        return new ConnectorStatus(
                "event@1a2b",
                "event",
                "0.0.0.0:8443",
                "ssl, http/1.1",
                0,
                1,
                4,
                -1,
                -1,
                -1,
                0,
                0,
                Map.of(),
                Map.of(),
                List.of(process(0, SlotState.READY, 7, 1, row(1, Activity.WRITING, "GET /"))),
                List.of(),
                Served.NOTHING);
    }

    static ProcessStatus process(int slot, SlotState state, int idle, int busy, RequestStatus... rows) {
        return new ProcessStatus(
                slot,
                4_711 + slot,
                state == SlotState.DRAINING ? 1 : 2,
                state,
                NOW.minusSeconds(90),
                20,
                100,
                1_234_567,
                Duration.ofMillis(4_321),
                3,
                1,
                idle,
                busy,
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                96 * MB,
                slot == 0 ? -1 : 12 * MB,
                30 * MB,
                List.of(rows));
    }

    static RequestStatus row(int number, Activity activity, String request) {
        return new RequestStatus(
                number,
                activity,
                100,
                1_234_567,
                Duration.ofMillis(1_250),
                Duration.ofMillis(43),
                "192.0.2.7",
                request);
    }

    private static List<Sample> history() {
        return IntStream.range(0, 60)
                .mapToObj(i -> new Sample(NOW.minusSeconds(10L * (59 - i)), i % 20 * 2.5, i % 3, 3 - i % 3))
                .toList();
    }
}
