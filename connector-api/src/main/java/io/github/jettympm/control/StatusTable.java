package io.github.jettympm.control;

import io.github.jettympm.status.ConnectorStatus;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.Status;
import io.github.jettympm.status.StatusSummary;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A status for people at a terminal: the server, and for each connector a line and a table of its processes. */
final class StatusTable {
    private static final String HEAD = "  %4s %8s %4s %-9s %9s %6s %6s %10s %8s%n";
    private static final String ROW = "  %4d %8d %4d %-9s %9s %6d %6d %10d %8s%n";
    private static final long MB = 1024L * 1024;

    private StatusTable() {}

    static String of(Status status, long pid) {
        StringBuilder text = new StringBuilder(String.format(
                "%s on %s, process %d, up for %s%n", status.version(), status.host(), pid, time(status.uptime())));
        List<String> lines = StatusSummary.lines(status);
        for (int i = 0; i < lines.size(); i++) {
            text.append(String.format("%n%d: %s%n", i, lines.get(i)));
            table(status, status.connectors().get(i), text);
        }
        return text.toString();
    }

    private static void table(Status status, ConnectorStatus connector, StringBuilder text) {
        text.append(String.format(HEAD, "slot", "pid", "gen", "state", "age", "busy", "idle", "requests", "RSS MB"));
        for (ProcessStatus process : connector.processes()) {
            text.append(String.format(
                    ROW,
                    process.slot(),
                    process.pid(),
                    process.generation(),
                    process.state().name().toLowerCase(Locale.ROOT),
                    time(Duration.between(process.started(), status.now())),
                    process.busyThreads(),
                    process.idleThreads(),
                    process.requests(),
                    process.residentBytes() < 0 ? "?" : process.residentBytes() / MB));
        }
    }

    /** In two units at most, such as {@code 3d 4h}. */
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        }
        return seconds >= 60 ? time.toMinutes() + "m " + time.toSecondsPart() + "s" : seconds + "s";
    }
}
