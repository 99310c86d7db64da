package io.github.jettympm.status;

import io.github.jettympm.scoreboard.SlotState;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * A status as metrics: in OpenMetrics 1.0, or in the older text format of Prometheus. Counters of a process begin again with the
 * next one in its slot, which {@code rate} understands, since each slot is a series of its own.
 */
final class MetricsText implements Rendering {
    /** The media type by which a client says that it understands OpenMetrics. */
    static final String OPEN_METRICS = "application/openmetrics-text";

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final boolean openMetrics;

    /** @param openMetrics whether the reader understands OpenMetrics */
    MetricsText(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    @Override
    public String contentType() {
        return openMetrics
                ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public Charset charset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public String render(Status status) {
        MetricsWriter out = new MetricsWriter(openMetrics);
        server(out, status);
        List<ConnectorStatus> connectors = status.connectors();
        settings(out, connectors);
        events(out, connectors);
        work(out, connectors);
        processes(out, connectors);
        workOfProcesses(out, connectors);
        memory(out, connectors);
        return out.end();
    }

    private static void server(MetricsWriter out, Status status) {
        out.info("jetty_mpm_info", "Version of the server, and the machine it runs on.")
                .sample(1, "version", status.version(), "host", status.host());
        out.gauge("jetty_mpm_start_time_seconds", "When the server was started, in seconds since 1970.")
                .sample(status.started().toEpochMilli() / MILLIS);
        out.gauge("jetty_mpm_uptime_seconds", "How long the server has run.").sample(seconds(status.uptime()));
        List<String> minutes = List.of("1", "5", "15");
        for (int i = 0; i < Math.min(minutes.size(), status.loads().size()); i++) {
            out.gauge(
                            "jetty_mpm_load" + minutes.get(i),
                            "Load average of the machine over the last " + minutes.get(i) + " min.")
                    .sample(status.loads().get(i));
        }
        out.counter(
                "jetty_mpm_server_cpu_seconds_total",
                "Processor time of the server's own process; if it has children, not theirs.");
        out.sample(seconds(status.cpuUser()), "mode", "user");
        out.sample(seconds(status.cpuSystem()), "mode", "system");
        if (status.storedSessions() >= 0) {
            out.gauge("jetty_mpm_stored_sessions", "Sessions in the store that processes share.")
                    .sample(status.storedSessions());
        }
    }

    private static void settings(MetricsWriter out, List<ConnectorStatus> connectors) {
        out.info("jetty_mpm_connector_info", "The connectors of the server.");
        connectors.forEach(it -> out.sample(1, labels(it, "protocols", it.protocols())));
        out.gauge("jetty_mpm_generation", "Number of the configuration that the newest children were started from.");
        connectors.forEach(it -> out.sample(it.generation(), labels(it)));
        out.gauge("jetty_mpm_slots", "Processes that there may be.");
        connectors.forEach(it -> out.sample(it.slots(), labels(it)));
        out.gauge("jetty_mpm_request_workers_limit", "Requests that may run at once.");
        connectors.forEach(it -> out.known(it.maxRequestWorkers(), labels(it)));
        out.gauge("jetty_mpm_listen_queue", "Connections that wait to be accepted.");
        connectors.forEach(it -> out.known(it.listenQueue(), labels(it)));
        out.gauge("jetty_mpm_listen_queue_limit", "Connections that may wait to be accepted.");
        connectors.forEach(it -> out.known(it.listenQueueLimit(), labels(it)));
    }

    private static void events(MetricsWriter out, List<ConnectorStatus> connectors) {
        out.counter(
                "jetty_mpm_limit_reached_total",
                "How often a connection waited although there were as many children as allowed.");
        connectors.forEach(it -> out.sample(it.limitReached(), labels(it)));
        out.counter("jetty_mpm_slow_requests_total", "Requests that took longer than slowRequestThreshold.");
        connectors.forEach(it -> out.sample(it.slowRequests(), labels(it)));
        out.counter("jetty_mpm_child_crashes_total", "Children that ended although nobody had asked them, by cause.");
        connectors.forEach(it -> causes(out, it, it.crashes()));
        out.counter("jetty_mpm_child_recycles_total", "Children that were replaced, by cause.");
        connectors.forEach(it -> causes(out, it, it.recycles()));
    }

    private static void causes(MetricsWriter out, ConnectorStatus connector, Map<String, Long> causes) {
        new TreeMap<>(causes).forEach((cause, number) -> out.sample(number, labels(connector, "cause", cause)));
    }

    private static void processes(MetricsWriter out, List<ConnectorStatus> connectors) {
        out.gauge("jetty_mpm_processes", "Processes that serve, by state.");
        for (ConnectorStatus connector : connectors) {
            for (SlotState state : List.of(SlotState.STARTING, SlotState.READY, SlotState.DRAINING)) {
                out.sample(
                        Sums.of(connector).processesIn(state),
                        labels(connector, "state", state.name().toLowerCase(Locale.ROOT)));
            }
        }
        out.info("jetty_mpm_process_info", "The process in a slot.");
        each(
                connectors,
                (connector, process) -> out.sample(
                        1,
                        labels(
                                connector,
                                "slot",
                                Integer.toString(process.slot()),
                                "pid",
                                Long.toString(process.pid()),
                                "generation",
                                Integer.toString(process.generation()))));
        out.gauge("jetty_mpm_process_start_time_seconds", "When the process was started, in seconds since 1970.");
        each(
                connectors,
                (connector, process) ->
                        out.sample(process.started().toEpochMilli() / MILLIS, slot(connector, process)));
        out.gauge("jetty_mpm_threads", "Threads that handle a request (busy) or could take one (idle).");
        each(connectors, (connector, process) -> {
            out.sample(process.busyThreads(), slot(connector, process, "state", "busy"));
            out.sample(process.idleThreads(), slot(connector, process, "state", "idle"));
        });
        figure(
                out.gauge("jetty_mpm_open_connections", "Connections that are open."),
                connectors,
                ProcessStatus::openConnections);
        figure(
                out.gauge("jetty_mpm_waiting_connections", "Open connections that have no request now."),
                connectors,
                ProcessStatus::waitingConnections);
    }

    /** Of living processes and those that have ended, so that it never gets less. */
    private static void work(MetricsWriter out, List<ConnectorStatus> connectors) {
        out.counter("jetty_mpm_connections_total", "Connections that were accepted.");
        connectors.forEach(it -> out.sample(it.served().connections(), labels(it)));
        out.counter("jetty_mpm_requests_total", "Requests that are complete.");
        connectors.forEach(it -> out.sample(it.served().requests(), labels(it)));
        out.counter("jetty_mpm_sent_bytes_total", "Bytes that were sent for complete requests.");
        connectors.forEach(it -> out.sample(it.served().bytes(), labels(it)));
        out.counter("jetty_mpm_request_seconds_total", "Time that complete requests took, added up.");
        connectors.forEach(it -> out.sample(seconds(it.served().busyTime()), labels(it)));
    }

    private static void workOfProcesses(MetricsWriter out, List<ConnectorStatus> connectors) {
        figure(
                out.counter("jetty_mpm_process_connections_total", "Connections that the process was given."),
                connectors,
                ProcessStatus::connections);
        figure(
                out.counter("jetty_mpm_process_requests_total", "Requests of the process that are complete."),
                connectors,
                ProcessStatus::requests);
        out.counter("jetty_mpm_process_cpu_seconds_total", "Processor time of the process.");
        each(connectors, (connector, process) -> {
            out.sample(seconds(process.cpuUser()), slot(connector, process, "mode", "user"));
            out.sample(seconds(process.cpuSystem()), slot(connector, process, "mode", "system"));
        });
    }

    private static void memory(MetricsWriter out, List<ConnectorStatus> connectors) {
        figure(
                out.gauge("jetty_mpm_process_resident_memory_bytes", "Memory of the process that is resident."),
                connectors,
                ProcessStatus::residentBytes);
        figure(
                out.gauge("jetty_mpm_process_heap_after_gc_bytes", "Heap in use after the last collection."),
                connectors,
                ProcessStatus::heapAfterGcBytes);
        figure(
                out.gauge("jetty_mpm_process_metaspace_bytes", "Metaspace in use."),
                connectors,
                ProcessStatus::metaspaceBytes);
    }

    private static void figure(
            MetricsWriter out, List<ConnectorStatus> connectors, ToLongFunction<ProcessStatus> figure) {
        each(connectors, (connector, process) -> out.known(figure.applyAsLong(process), slot(connector, process)));
    }

    private static void each(List<ConnectorStatus> connectors, BiConsumer<ConnectorStatus, ProcessStatus> sample) {
        for (ConnectorStatus connector : connectors) {
            connector.processes().stream()
                    .filter(process -> process.state() != SlotState.OPEN)
                    .forEach(process -> sample.accept(connector, process));
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }

    private static String[] slot(ConnectorStatus connector, ProcessStatus process, String... more) {
        String[] labels = Arrays.copyOf(new String[] {"slot", Integer.toString(process.slot())}, 2 + more.length);
        System.arraycopy(more, 0, labels, 2, more.length);
        return labels(connector, labels);
    }

    /** The address names a connector, and stays the same from one start to the next. */
    private static String[] labels(ConnectorStatus connector, String... more) {
        String[] own = {"model", connector.model(), "address", connector.address()};
        String[] labels = Arrays.copyOf(own, own.length + more.length);
        System.arraycopy(more, 0, labels, own.length, more.length);
        return labels;
    }
}
