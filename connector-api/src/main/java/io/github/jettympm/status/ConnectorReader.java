package io.github.jettympm.status;

import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.scoreboard.History;
import io.github.jettympm.scoreboard.Identity;
import io.github.jettympm.scoreboard.PoolFigures;
import io.github.jettympm.scoreboard.ProcessFigures;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.scoreboard.Totals;
import io.github.jettympm.scoreboard.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes the status of a connector of what its scoreboard says at one moment. Whatever the bytes of the file are, it comes
 * to an end with some status.
 */
final class ConnectorReader {
    private final Scoreboard scoreboard;
    private final long now;

    /** @param now {@link System#nanoTime()} */
    ConnectorReader(Scoreboard scoreboard, long now) {
        this.scoreboard = scoreboard;
        this.now = now;
    }

    ConnectorStatus read() {
        Identity identity = scoreboard.identity();
        PoolFigures pool = scoreboard.pool();
        List<ProcessStatus> processes = IntStream.range(0, scoreboard.slots())
                .filter(slot -> scoreboard.state(slot) != SlotState.OPEN)
                .mapToObj(this::process)
                .toList();
        Totals ended = pool.ended();
        return new ConnectorStatus(
                identity.name(),
                identity.model(),
                identity.address(),
                identity.protocols(),
                processes.stream().mapToInt(ProcessStatus::generation).max().orElse(0),
                scoreboard.slots(),
                scoreboard.rows(),
                Math.max(-1, identity.maxRequestWorkers()),
                pool.listenQueue(),
                pool.listenQueueLimit(),
                pool.timesLimitReached(),
                scoreboard.totals().slowRequests(),
                crashes(pool),
                recycles(pool),
                processes,
                history(scoreboard.history()),
                new Served(
                        Math.max(0, ended.connections()),
                        Math.max(0, ended.requests()),
                        Math.max(0, ended.bytes()),
                        nanos(ended.busyTime())));
    }

    private static Map<String, Long> crashes(PoolFigures pool) {
        Map<String, Long> byCause = new LinkedHashMap<>();
        pool.crashes()
                .forEach((status, number) -> byCause.merge(
                        status == PoolFigures.OTHER_STATUS ? "other" : ExitStatus.cause(status), number, Long::sum));
        return byCause;
    }

    private static Map<String, Long> recycles(PoolFigures pool) {
        Map<String, Long> byCause = new LinkedHashMap<>();
        pool.recycles().forEach((cause, number) -> byCause.put(cause.words(), number));
        return byCause;
    }

    private static List<Sample> history(History history) {
        return history.points().stream()
                .map(point -> new Sample(
                        Instant.ofEpochMilli(point.at()), point.requestsPerSecond(), point.busy(), point.idle()))
                .toList();
    }

    private ProcessStatus process(int slot) {
        ProcessFigures figures = scoreboard.process(slot);
        Totals totals = scoreboard.totals(slot);
        ProcessTimes times = ProcessTimes.of(figures.pid());
        return new ProcessStatus(
                slot,
                figures.pid(),
                scoreboard.generation(slot),
                scoreboard.state(slot),
                Instant.ofEpochMilli(figures.started()),
                Math.max(0, totals.connections()),
                Math.max(0, totals.requests()),
                Math.max(0, totals.bytes()),
                nanos(totals.busyTime()),
                figures.open(),
                figures.waiting(),
                scoreboard.idle(slot),
                scoreboard.busy(slot),
                times.user(),
                times.system(),
                times.residentBytes(),
                figures.heapAfterGc(),
                figures.metaspace(),
                rows(slot));
    }

    private List<RequestStatus> rows(int slot) {
        return IntStream.range(0, scoreboard.rows())
                .filter(row -> scoreboard.traffic(slot, row).isUsed())
                .mapToObj(row -> row(slot, row))
                .toList();
    }

    private RequestStatus row(int slot, int row) {
        Traffic traffic = scoreboard.traffic(slot, row);
        return new RequestStatus(
                row,
                scoreboard.activity(slot, row),
                traffic.requests(),
                traffic.bytes(),
                nanos(now - traffic.since()),
                nanos(traffic.lastDuration()),
                traffic.client(),
                traffic.request());
    }

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(Math.max(0, nanos));
    }
}
