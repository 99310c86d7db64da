package io.github.jettympm.status;

import java.util.List;
import java.util.stream.Collectors;

/** A status in few words, for logs and for service managers. */
public final class StatusSummary {
    private StatusSummary() {}

    /**
     * A line for each connector.
     *
     * @param status what there is to say
     * @return model and address, processes, busy and idle threads, requests, queue and crashes
     */
    public static List<String> lines(Status status) {
        return status.connectors().stream().map(StatusSummary::line).toList();
    }

    private static String line(ConnectorStatus connector) {
        List<ProcessStatus> processes = connector.processes();
        String who = connector.generation() == 0
                ? "in this process"
                : processes.size() + " children of at most " + connector.slots() + ", generation "
                        + connector.generation();
        return connector.model() + " on " + connector.address() + ": " + who + ", " + busy(processes) + " busy, "
                + idle(processes) + " idle, " + connector.served().requests() + " requests, "
                + (connector.listenQueue() < 0 ? "unknown" : connector.listenQueue()) + " in the queue, "
                + connector.crashes().values().stream().mapToLong(it -> it).sum() + " crashes"
                + byCause(connector);
    }

    private static String byCause(ConnectorStatus connector) {
        return connector.crashes().isEmpty()
                ? ""
                : connector.crashes().entrySet().stream()
                        .map(it -> it.getKey() + ": " + it.getValue())
                        .sorted()
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /**
     * The whole server in a line.
     *
     * @param status what there is to say
     * @return processes, busy and idle threads, and requests
     */
    public static String line(Status status) {
        List<ProcessStatus> processes = status.processes();
        return "serving in " + processes.size() + (processes.size() == 1 ? " process, " : " processes, ")
                + busy(processes) + " busy, " + idle(processes) + " idle, "
                + status.connectors().stream()
                        .mapToLong(it -> it.served().requests())
                        .sum()
                + " requests";
    }

    private static int busy(List<ProcessStatus> processes) {
        return processes.stream().mapToInt(ProcessStatus::busyThreads).sum();
    }

    private static int idle(List<ProcessStatus> processes) {
        return processes.stream().mapToInt(ProcessStatus::idleThreads).sum();
    }
}
