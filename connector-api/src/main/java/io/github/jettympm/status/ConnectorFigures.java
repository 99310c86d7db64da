package io.github.jettympm.status;

import io.github.jettympm.scoreboard.SlotState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.TabularData;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;

/**
 * What a connector does, for JMX. A number is -1 if the connector does not run, or has neither children nor a {@link
 * StatusBoard}. Each look reads the scoreboard.
 */
@ManagedObject("Figures of a connector, over all its processes")
public final class ConnectorFigures {
    private static final long UNKNOWN = -1;

    private final Supplier<Optional<ConnectorStatus>> source;

    /**
     * Makes the figures.
     *
     * @param source tells the status; called by the threads of JMX
     */
    public ConnectorFigures(Supplier<Optional<ConnectorStatus>> source) {
        this.source = source;
    }

    private long number(ToLongFunction<ConnectorStatus> figure) {
        return source.get().map(figure::applyAsLong).orElse(UNKNOWN);
    }

    private long sum(ToLongFunction<Sums> figure) {
        return number(status -> figure.applyAsLong(Sums.of(status)));
    }

    private <T> T value(Function<ConnectorStatus, T> figure, T otherwise) {
        return source.get().map(figure).orElse(otherwise);
    }

    /**
     * Rows that have something to do.
     *
     * @return a number of requests, or of connections that hold a child of prefork
     */
    @ManagedAttribute("Threads that handle a request, and children of prefork that a connection holds")
    public long getBusy() {
        return sum(Sums::busy);
    }

    /**
     * Threads that could take a request now.
     *
     * @return their number
     */
    @ManagedAttribute("Threads that could take a request now")
    public long getIdle() {
        return sum(Sums::idle);
    }

    /**
     * Processes that serve.
     *
     * @return their number, those included that start or end
     */
    @ManagedAttribute("Processes that serve, those included that start or end")
    public long getProcesses() {
        return sum(Sums::living);
    }

    /**
     * Processes that end.
     *
     * @return their number
     */
    @ManagedAttribute("Processes that finish what they have begun, and end then")
    public long getDraining() {
        return sum(sums -> sums.processesIn(SlotState.DRAINING));
    }

    /**
     * The configuration of the newest children.
     *
     * @return its number, 0 without children
     */
    @ManagedAttribute("Number of the configuration that the newest children were started from, 0 without children")
    public long getGeneration() {
        return number(ConnectorStatus::generation);
    }

    /**
     * Complete requests.
     *
     * @return their number since the start
     */
    @ManagedAttribute("Complete requests since the start")
    public long getRequests() {
        return sum(sums -> sums.served().requests());
    }

    /**
     * Time that they took.
     *
     * @return milliseconds, added up
     */
    @ManagedAttribute("Time that complete requests took, added up, in milliseconds")
    public long getRequestTime() {
        return sum(sums -> sums.served().busyTime().toMillis());
    }

    /**
     * What was sent for them.
     *
     * @return bytes since the start
     */
    @ManagedAttribute("Bytes that were sent for complete requests")
    public long getBytesSent() {
        return sum(sums -> sums.served().bytes());
    }

    /**
     * Accepted connections.
     *
     * @return their number since the start
     */
    @ManagedAttribute("Connections that were accepted since the start")
    public long getConnections() {
        return sum(sums -> sums.served().connections());
    }

    /**
     * Connections that are open.
     *
     * @return their number now
     */
    @ManagedAttribute("Connections that are open")
    public long getOpenConnections() {
        return sum(Sums::openConnections);
    }

    /**
     * Open connections without a request.
     *
     * @return their number now
     */
    @ManagedAttribute("Open connections that have no request now")
    public long getWaitingConnections() {
        return sum(Sums::waitingConnections);
    }

    /**
     * Connections that wait to be accepted.
     *
     * @return their number now, -1 if the system does not tell
     */
    @ManagedAttribute("Connections that wait to be accepted, -1 if the system does not tell")
    public long getListenQueue() {
        return number(ConnectorStatus::listenQueue);
    }

    /**
     * How many connections may wait.
     *
     * @return a number, -1 if the system does not tell
     */
    @ManagedAttribute("Connections that may wait to be accepted, -1 if the system does not tell")
    public long getListenQueueLimit() {
        return number(ConnectorStatus::listenQueueLimit);
    }

    /**
     * How often there were too few children.
     *
     * @return times since the start
     */
    @ManagedAttribute("How often a connection waited although there were as many children as allowed")
    public long getLimitReached() {
        return number(ConnectorStatus::limitReached);
    }

    /**
     * Requests that were slow.
     *
     * @return their number since the start
     */
    @ManagedAttribute("Requests that took longer than slowRequestThreshold")
    public long getSlowRequests() {
        return number(ConnectorStatus::slowRequests);
    }

    /**
     * Children that ended although nobody had asked them.
     *
     * @return their number by cause
     */
    @ManagedAttribute("Children that ended although nobody had asked them, by cause")
    public Map<String, Long> getCrashes() {
        return value(ConnectorStatus::crashes, Map.of());
    }

    /**
     * Children that were replaced.
     *
     * @return their number by cause
     */
    @ManagedAttribute("Children that were replaced, by cause")
    public Map<String, Long> getRecycles() {
        return value(ConnectorStatus::recycles, Map.of());
    }

    /**
     * The scoreboard in httpd's letters.
     *
     * @return a letter for each request that there can be at once
     */
    @ManagedAttribute("The scoreboard, a letter for each request that there can be at once (httpd's)")
    public String getScoreboard() {
        return value(Letters::of, "");
    }

    /**
     * The processes that serve.
     *
     * @return a row for each, with the number of its slot as key
     * @throws OpenDataException never
     */
    @ManagedAttribute("The processes that serve: a row for each, memory in bytes, times in milliseconds")
    public TabularData getChildren() throws OpenDataException {
        return ProcessTable.of(value(ConnectorStatus::processes, List.of()));
    }
}
