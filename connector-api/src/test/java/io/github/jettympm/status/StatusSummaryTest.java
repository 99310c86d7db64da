package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.scoreboard.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusSummaryTest {
    private static ProcessStatus process(int slot, int busy, int idle, long requests) {
        return new ProcessStatus(
                slot,
                100 + slot,
                2,
                SlotState.READY,
                Instant.EPOCH,
                0,
                requests,
                0,
                Duration.ZERO,
                0,
                0,
                idle,
                busy,
                Duration.ZERO,
                Duration.ZERO,
                -1,
                -1,
                -1,
                List.of());
    }

    private static ConnectorStatus connector(
            int generation, int queue, Map<String, Long> crashes, List<ProcessStatus> processes) {
        return new ConnectorStatus(
                "prefork@1",
                "prefork",
                "0.0.0.0:8080",
                "http/1.1",
                generation,
                6,
                1,
                5,
                queue,
                -1,
                0,
                0,
                crashes,
                Map.of(),
                processes,
                List.of(),
                Served.NOTHING);
    }

    private static Status status(ConnectorStatus... connectors) {
        return new Status(
                Instant.EPOCH,
                Instant.EPOCH,
                "host",
                "Jetty",
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                -1,
                List.of(connectors));
    }

    @Test
    void connectorWithChildrenIsOneLine() {
        var status = status(connector(
                2, 4, Map.of("signal 9", 2L, "signal 11", 1L), List.of(process(0, 1, 0, 30), process(1, 0, 1, 12))));

        assertEquals(
                List.of("prefork on 0.0.0.0:8080: 2 children of at most 6, generation 2, 1 busy, 1 idle, 42 requests,"
                        + " 4 in the queue, 3 crashes (signal 11: 1, signal 9: 2)"),
                StatusSummary.lines(status));
        assertEquals("serving in 2 processes, 1 busy, 1 idle, 42 requests", StatusSummary.line(status));
    }

    @Test
    void connectorWithoutChildrenIsOneLineToo() {
        var status = status(connector(0, -1, Map.of(), List.of(process(0, 3, 197, 7))));

        assertEquals(
                List.of("prefork on 0.0.0.0:8080: in this process, 3 busy, 197 idle, 7 requests, unknown in the queue,"
                        + " 0 crashes"),
                StatusSummary.lines(status));
        assertEquals("serving in 1 process, 3 busy, 197 idle, 7 requests", StatusSummary.line(status));
    }
}
