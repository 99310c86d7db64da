package io.github.jettympm.status;

import io.github.jettympm.scoreboard.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Sums over the processes of one connector or of all. */
final class Sums {
    private final List<ConnectorStatus> connectors;

    private Sums(List<ConnectorStatus> connectors) {
        this.connectors = connectors;
    }

    static Sums of(Status status) {
        return new Sums(status.connectors());
    }

    static Sums of(ConnectorStatus connector) {
        return new Sums(List.of(connector));
    }

    private Stream<ProcessStatus> processes() {
        return connectors.stream().flatMap(it -> it.processes().stream());
    }

    private int sum(ToIntFunction<ProcessStatus> figure) {
        return processes().mapToInt(figure).sum();
    }

    /** By processes that live and those that have ended. */
    Served served() {
        return connectors.stream().map(ConnectorStatus::served).reduce(Served.NOTHING, Served::plus);
    }

    int openConnections() {
        return sum(ProcessStatus::openConnections);
    }

    int waitingConnections() {
        return sum(ProcessStatus::waitingConnections);
    }

    /** Threads or rows that have something to do, in processes that are not about to end (httpd's BusyWorkers). */
    int busy() {
        return inState(SlotState.READY, Sums::busy);
    }

    /** The same in processes that end (httpd's GracefulWorkers). */
    int graceful() {
        return inState(SlotState.DRAINING, Sums::busy);
    }

    int idle() {
        return inState(SlotState.READY, ProcessStatus::idleThreads);
    }

    private int inState(SlotState state, ToIntFunction<ProcessStatus> figure) {
        return processes()
                .filter(process -> process.state() == state)
                .mapToInt(figure)
                .sum();
    }

    /** A kept-alive connection holds a row of prefork although no thread handles a request. */
    private static int busy(ProcessStatus process) {
        long rows = process.threads().stream()
                .filter(row -> Letters.isBusy(process, row))
                .count();
        return Math.max(process.busyThreads(), (int) rows);
    }

    int processesIn(SlotState state) {
        return (int) processes().filter(process -> process.state() == state).count();
    }

    /** Those that live, in whatever state. */
    int living() {
        return (int)
                processes().filter(process -> process.state() != SlotState.OPEN).count();
    }

    /** Processor time of the children in user mode. */
    Duration childrenUser() {
        return children().map(ProcessStatus::cpuUser).reduce(Duration.ZERO, Duration::plus);
    }

    /** Processor time of the children in the kernel. */
    Duration childrenSystem() {
        return children().map(ProcessStatus::cpuSystem).reduce(Duration.ZERO, Duration::plus);
    }

    private Stream<ProcessStatus> children() {
        return connectors.stream().filter(Sums::hasChildren).flatMap(it -> it.processes().stream());
    }

    /** Otherwise its process is the server's own. */
    static boolean hasChildren(ConnectorStatus connector) {
        return connector.generation() > 0;
    }

    /** Milliseconds of a complete request on average, 0 if there was none. */
    double millisPerRequest() {
        Served served = served();
        return served.requests() == 0 ? 0 : (double) served.busyTime().toMillis() / served.requests();
    }
}
