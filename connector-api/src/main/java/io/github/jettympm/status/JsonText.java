package io.github.jettympm.status;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A status as JSON. What is not known is {@code null}; times are seconds unless they say otherwise. */
public final class JsonText implements Rendering {
    /** Makes a rendering. */
    public JsonText() {}

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public Charset charset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public String render(Status status) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("now").value(status.now());
        json.name("started").value(status.started());
        json.name("uptimeSeconds").value(status.uptime());
        json.name("host").value(status.host());
        json.name("version").value(status.version());
        json.name("loads").beginArray();
        status.loads().forEach(json::value);
        json.end();
        json.name("cpuUserSeconds").value(status.cpuUser());
        json.name("cpuSystemSeconds").value(status.cpuSystem());
        json.name("storedSessions").known(status.storedSessions());
        json.name("totals");
        totals(json, Sums.of(status));
        json.name("connectors").beginArray();
        status.connectors().forEach(connector -> connector(json, connector));
        json.end();
        return json.end() + "\n";
    }

    private static void totals(JsonWriter json, Sums sums) {
        Served served = sums.served();
        json.beginObject();
        json.name("requests").value(served.requests());
        json.name("connections").value(served.connections());
        json.name("bytes").value(served.bytes());
        json.name("busySeconds").value(served.busyTime());
        json.name("openConnections").value(sums.openConnections());
        json.name("waitingConnections").value(sums.waitingConnections());
        json.name("busy").value(sums.busy());
        json.name("graceful").value(sums.graceful());
        json.name("idle").value(sums.idle());
        json.name("processes").value(sums.living());
        json.end();
    }

    private static void connector(JsonWriter json, ConnectorStatus connector) {
        json.beginObject();
        json.name("name").value(connector.name());
        json.name("model").value(connector.model());
        json.name("address").value(connector.address());
        json.name("protocols").value(connector.protocols());
        json.name("generation").value(connector.generation());
        json.name("slots").value(connector.slots());
        json.name("threadsPerSlot").value(connector.threadsPerSlot());
        json.name("maxRequestWorkers").known(connector.maxRequestWorkers());
        json.name("listenQueue").known(connector.listenQueue());
        json.name("listenQueueLimit").known(connector.listenQueueLimit());
        json.name("limitReached").value(connector.limitReached());
        json.name("slowRequests").value(connector.slowRequests());
        causes(json.name("crashes"), connector.crashes());
        causes(json.name("recycles"), connector.recycles());
        json.name("totals");
        totals(json, Sums.of(connector));
        json.name("scoreboard").value(Letters.of(connector));
        json.name("processes").beginArray();
        connector.processes().forEach(process -> process(json, process));
        json.end();
        json.name("history").beginArray();
        connector.history().forEach(sample -> sample(json, sample));
        json.end();
        json.end();
    }

    private static void causes(JsonWriter json, Map<String, Long> causes) {
        json.beginObject();
        new TreeMap<>(causes).forEach((cause, number) -> json.name(cause).value(number));
        json.end();
    }

    private static void process(JsonWriter json, ProcessStatus process) {
        json.beginObject();
        json.name("slot").value(process.slot());
        json.name("pid").value(process.pid());
        json.name("generation").value(process.generation());
        json.name("state").value(process.state().name().toLowerCase(Locale.ROOT));
        json.name("started").value(process.started());
        json.name("connections").value(process.connections());
        json.name("requests").value(process.requests());
        json.name("bytes").value(process.bytes());
        json.name("busySeconds").value(process.busyTime());
        json.name("openConnections").value(process.openConnections());
        json.name("waitingConnections").value(process.waitingConnections());
        json.name("idleThreads").value(process.idleThreads());
        json.name("busyThreads").value(process.busyThreads());
        json.name("cpuUserSeconds").value(process.cpuUser());
        json.name("cpuSystemSeconds").value(process.cpuSystem());
        json.name("residentBytes").known(process.residentBytes());
        json.name("heapAfterGcBytes").known(process.heapAfterGcBytes());
        json.name("metaspaceBytes").known(process.metaspaceBytes());
        json.name("rows").beginArray();
        process.threads().forEach(row -> row(json, process, row));
        json.end();
        json.end();
    }

    private static void row(JsonWriter json, ProcessStatus process, RequestStatus row) {
        json.beginObject();
        json.name("row").value(row.row());
        json.name("letter").value(String.valueOf(Letters.of(process, row)));
        json.name("requests").value(row.requests());
        json.name("bytes").value(row.bytes());
        json.name("inActivitySeconds").value(row.inActivity());
        json.name("lastSeconds").value(row.lastDuration());
        json.name("client").value(row.client());
        json.name("request").value(row.request());
        json.end();
    }

    private static void sample(JsonWriter json, Sample sample) {
        json.beginObject();
        json.name("at").value(sample.at());
        json.name("requestsPerSecond").value(sample.requestsPerSecond());
        json.name("busy").value(sample.busy());
        json.name("idle").value(sample.idle());
        json.end();
    }
}
