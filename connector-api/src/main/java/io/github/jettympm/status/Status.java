package io.github.jettympm.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a server with connectors of these models does, as read at one moment: the same whichever of its processes reads it.
 *
 * @param now when it was read
 * @param started when the server was started: the parent, if there are children
 * @param host name of the machine
 * @param version of Jetty and of these connectors, in the form of a {@code Server} header
 * @param loads the load averages of the machine over 1, 5 and 15 minutes; empty if the system does not tell
 * @param cpuUser time that the server's process itself has spent in user mode; not that of children
 * @param cpuSystem time that it has spent in the kernel
 * @param storedSessions sessions in the shared store; -1 if there is none or it does not tell
 * @param connectors in the order of the configuration
 */
public record Status(
        Instant now,
        Instant started,
        String host,
        String version,
        List<Double> loads,
        Duration cpuUser,
        Duration cpuSystem,
        long storedSessions,
        List<ConnectorStatus> connectors) {

    /**
     * Makes the status unmodifiable.
     */
    public Status {
        loads = List.copyOf(loads);
        connectors = List.copyOf(connectors);
    }

    /**
     * The same with another number of sessions.
     *
     * @param sessions in the shared store; -1 if there is none or it does not tell
     * @return the new status
     */
    public Status withStoredSessions(long sessions) {
        return new Status(now, started, host, version, loads, cpuUser, cpuSystem, sessions, connectors);
    }

    /**
     * How long the server has run.
     *
     * @return at least 0
     */
    public Duration uptime() {
        Duration uptime = Duration.between(started, now);
        return uptime.isNegative() ? Duration.ZERO : uptime;
    }

    /**
     * All processes that serve.
     *
     * @return those of all connectors
     */
    public List<ProcessStatus> processes() {
        return connectors.stream().flatMap(it -> it.processes().stream()).toList();
    }
}
