package io.github.jettympm.status;

import io.github.jettympm.scoreboard.SlotState;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text that httpd gives at {@code /server-status?auto}, for agents that know it: the same keys in the same order, numbers in
 * the same form, and no other keys ({@code status_handler} in mod_status.c).
 */
final class AutoText implements Rendering {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yyyy HH:mm:ss zzz", Locale.ENGLISH);
    private static final String ASYNCHRONOUS = "event";
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;
    private static final int KBYTE = 1024;

    private final ZoneId zone;
    private final String built;

    /**
     * Makes a rendering.
     *
     * @param zone of the times that it shows
     * @param built when the server was built
     */
    AutoText(ZoneId zone, String built) {
        this.zone = zone;
        this.built = built;
    }

    @Override
    public String contentType() {
        return "text/plain; charset=ISO-8859-1";
    }

    @Override
    public Charset charset() {
        return StandardCharsets.ISO_8859_1;
    }

    @Override
    public String render(Status status) {
        Lines lines = new Lines();
        lines.add(status.host());
        addServer(lines, status);
        addTotals(lines, status);
        Sums sums = Sums.of(status);
        lines.add("BusyWorkers", sums.busy());
        lines.add("GracefulWorkers", sums.graceful());
        lines.add("IdleWorkers", sums.idle());
        if (status.connectors().stream().anyMatch(it -> it.model().equals(ASYNCHRONOUS))) {
            addConnections(lines, sums);
        }
        lines.add("Scoreboard", status.connectors().stream().map(Letters::of).collect(Collectors.joining()));
        return lines.toString();
    }

    private void addServer(Lines lines, Status status) {
        int generation = Math.max(
                1,
                status.connectors().stream()
                        .mapToInt(ConnectorStatus::generation)
                        .max()
                        .orElse(1));
        lines.add("ServerVersion", status.version());
        lines.add(
                "ServerMPM",
                status.connectors().stream()
                        .map(ConnectorStatus::model)
                        .distinct()
                        .collect(Collectors.joining("+")));
        lines.add("Server Built", built);
        lines.add("CurrentTime", time(status.now()));
        lines.add("RestartTime", time(status.started()));
        lines.add("ParentServerConfigGeneration", generation);
        lines.add("ParentServerMPMGeneration", generation - 1); // httpd counts the first as 1 and as 0
        lines.add("ServerUptimeSeconds", status.uptime().toSeconds());
        lines.add("ServerUptime:" + words(status.uptime()));
        List<String> loads = List.of("Load1", "Load5", "Load15");
        for (int i = 0; i < loads.size(); i++) {
            double load = i < status.loads().size() ? status.loads().get(i) : -1; // as getloadavg(3) says
            lines.add(loads.get(i), String.format(Locale.ROOT, "%.2f", load));
        }
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** As {@code show_time} of httpd, with a blank before each part. */
    private static String words(Duration uptime) {
        return part(uptime.toDays(), "day")
                + part(uptime.toHoursPart(), "hour")
                + part(uptime.toMinutesPart(), "minute")
                + part(uptime.toSecondsPart(), "second");
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : " " + number + " " + unit + (number == 1 ? "" : "s");
    }

    private static void addTotals(Lines lines, Status status) {
        Sums sums = Sums.of(status);
        Served served = sums.served();
        long kbytes = served.bytes() / KBYTE;
        long millis = served.busyTime().toMillis();
        lines.add("Total Accesses", served.requests());
        lines.add("Total kBytes", kbytes);
        lines.add("Total Duration", millis);
        lines.add("CPUUser", seconds(status.cpuUser()));
        lines.add("CPUSystem", seconds(status.cpuSystem()));
        lines.add("CPUChildrenUser", seconds(sums.childrenUser()));
        lines.add("CPUChildrenSystem", seconds(sums.childrenSystem()));
        long uptime = status.uptime().toSeconds();
        Duration cpu = status.cpuUser()
                .plus(status.cpuSystem())
                .plus(sums.childrenUser())
                .plus(sums.childrenSystem());
        if (!cpu.isZero() && uptime > 0) {
            lines.add("CPULoad", ApacheNumber.of(cpu.toNanos() / NANOS / uptime * PERCENT));
        }
        lines.add("Uptime", uptime);
        if (uptime > 0) {
            lines.add("ReqPerSec", ApacheNumber.of((double) served.requests() / uptime));
            lines.add("BytesPerSec", ApacheNumber.of((double) KBYTE * kbytes / uptime));
        }
        if (served.requests() > 0) {
            lines.add("BytesPerReq", ApacheNumber.of((double) KBYTE * kbytes / served.requests()));
            lines.add("DurationPerReq", ApacheNumber.of((double) millis / served.requests()));
        }
    }

    private static String seconds(Duration time) {
        return ApacheNumber.of(time.toNanos() / NANOS);
    }

    /** Only an asynchronous model has these; a connection has a request but no thread if the application has let it go. */
    private static void addConnections(Lines lines, Sums sums) {
        int open = sums.openConnections();
        int keepAlive = sums.waitingConnections();
        lines.add("Processes", sums.living());
        lines.add("Stopping", sums.processesIn(SlotState.DRAINING));
        lines.add("ConnsTotal", open);
        lines.add("ConnsAsyncWaitIO", Math.max(0, open - keepAlive - sums.busy() - sums.graceful()));
        lines.add("ConnsAsyncWriting", 0);
        lines.add("ConnsAsyncKeepAlive", keepAlive);
        lines.add("ConnsAsyncClosing", 0);
    }

    /** Each value stays on its line. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();

        void add(String line) {
            text.append(line.replaceAll("\\p{Cntrl}", "?")).append('\n');
        }

        void add(String key, String value) {
            add(key + ": " + value);
        }

        void add(String key, long value) {
            add(key, Long.toString(value));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
