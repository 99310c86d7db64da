package io.github.jettympm.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** Processes as a table of JMX, which a console shows without knowing our classes. */
final class ProcessTable {
    private static final String KEY = "slot";

    private ProcessTable() {}

    static TabularData of(List<ProcessStatus> processes) throws OpenDataException {
        TabularData table =
                new TabularDataSupport(new TabularType("processes", "those that serve", type(), new String[] {KEY}));
        for (ProcessStatus process : processes) {
            table.put(new CompositeDataSupport(type(), values(process)));
        }
        return table;
    }

    private static Map<String, Object> values(ProcessStatus process) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(KEY, (long) process.slot());
        values.put("pid", process.pid());
        values.put("generation", (long) process.generation());
        values.put("state", process.state().name().toLowerCase(Locale.ROOT));
        values.put("started", process.started().toEpochMilli());
        values.put("connections", process.connections());
        values.put("openConnections", (long) process.openConnections());
        values.put("waitingConnections", (long) process.waitingConnections());
        values.put("requests", process.requests());
        values.put("bytesSent", process.bytes());
        values.put("requestTime", process.busyTime().toMillis());
        values.put("busyThreads", (long) process.busyThreads());
        values.put("idleThreads", (long) process.idleThreads());
        values.put("cpuTime", process.cpuUser().plus(process.cpuSystem()).toMillis());
        values.put("resident", process.residentBytes());
        values.put("heapAfterGc", process.heapAfterGcBytes());
        values.put("metaspace", process.metaspaceBytes());
        return values;
    }

    private static CompositeType type() throws OpenDataException {
        Map<String, String> descriptions = new LinkedHashMap<>();
        descriptions.put(KEY, "row of the scoreboard, from 0");
        descriptions.put("pid", "number of the process");
        descriptions.put("generation", "number of the configuration that it was started from");
        descriptions.put("state", "starting, ready or draining");
        descriptions.put("started", "when it was started, in milliseconds since 1970");
        descriptions.put("connections", "connections that it was given");
        descriptions.put("openConnections", "connections that are open");
        descriptions.put("waitingConnections", "open connections without a request");
        descriptions.put("requests", "complete requests");
        descriptions.put("bytesSent", "bytes that were sent for them");
        descriptions.put("requestTime", "time that they took, added up, in milliseconds");
        descriptions.put("busyThreads", "threads that handle a request");
        descriptions.put("idleThreads", "threads that could take one");
        descriptions.put("cpuTime", "processor time in milliseconds");
        descriptions.put("resident", "resident memory in bytes, -1 if unknown");
        descriptions.put("heapAfterGc", "heap after the last collection in bytes, -1 if there was none");
        descriptions.put("metaspace", "metaspace in use in bytes, -1 if unknown");
        String[] names = descriptions.keySet().toArray(String[]::new);
        OpenType<?>[] types = descriptions.keySet().stream()
                .map(name -> name.equals("state") ? SimpleType.STRING : SimpleType.LONG)
                .toArray(OpenType<?>[]::new);
        return new CompositeType(
                "process", "one that serves", names, descriptions.values().toArray(String[]::new), types);
    }
}
