package io.github.jettympm.bench.compare;

import java.util.List;
import java.util.stream.Stream;

/** What the connectors are meant to reach. */
public final class Goals {
    private static final String STOCK = "stock";
    private static final String CORE = "core stock";

    private static final List<Goal> ALL = List.of(
            atLeast("one", "event", STOCK, 1.8),
            atLeast("one", "worker", STOCK, 1.8),
            atLeast("one", "prefork", STOCK, 1.8),
            atMost("one", "worker", STOCK, Metric.CPU, 0.6),
            atMost("one", "prefork", STOCK, Metric.CPU, 0.6),
            atLeast("c64", "event", STOCK, 1.4),
            atMost("c64", "event", STOCK, Metric.CPU, 0.65),
            atMost("c64", "event", STOCK, Metric.P99, 1.0),
            atLeast("c64", "worker", STOCK, 1.0),
            atMost("c64", "worker", STOCK, Metric.P99, 1.0),
            atLeast("c512", "event", STOCK, 1.4),
            atMost("c512", "event", STOCK, Metric.P99, 1.0),
            atLeast("sleep64", "event", STOCK, 1.0),
            atMost("sleep64", "event", STOCK, Metric.P99, 1.0),
            atLeast("sleep64", "worker", STOCK, 1.1),
            atMost("sleep64", "worker", STOCK, Metric.CPU, 0.9),
            atLeast("sleep256", "event", STOCK, 1.0),
            atMost("sleep256", "event", STOCK, Metric.P99, 1.0),
            atMost("mixed", "event", STOCK, Metric.P99, 1.0),
            atLeast("virtual64", "worker virtual", "stock virtual", 1.2),
            atLeast("core-one", "core event", CORE, 1.8),
            atLeast("core64", "core event", CORE, 1.5),
            atLeast("core64", "core event", "nginx", 1.0),
            atLeast("core512", "core event", CORE, 1.5),
            atLeast("core64-jdk25", "core event", CORE, 2.0),
            atLeast("core512-jdk25", "core event", CORE, 2.0),
            atLeast("http2", "event", STOCK, 1.0),
            atLeast("upload", "event", STOCK, 1.0),
            atLeast("upload", "worker", STOCK, 1.0),
            atLeast("upload", "prefork", STOCK, 1.0),
            atLeast("download", "event", STOCK, 1.0),
            atLeast("download", "worker", STOCK, 1.0),
            atLeast("download", "prefork", STOCK, 1.0),
            atLeast("upload-tls", "event", STOCK, 1.0),
            atLeast("upload-tls", "worker", STOCK, 1.0),
            atLeast("upload-tls", "prefork", STOCK, 1.0),
            atLeast("download-tls", "event", STOCK, 1.0),
            atLeast("download-tls", "worker", STOCK, 1.0),
            atLeast("download-tls", "prefork", STOCK, 1.0));

    private Goals() {}

    /** Those of a workload. */
    public static Stream<Goal> of(String workload) {
        return ALL.stream().filter(goal -> goal.workload().equals(workload));
    }

    private static Goal atLeast(String workload, String subject, String baseline, double bound) {
        return new Goal(workload, subject, baseline, Metric.RATE, bound, true);
    }

    private static Goal atMost(String workload, String subject, String baseline, Metric metric, double bound) {
        return new Goal(workload, subject, baseline, metric, bound, false);
    }
}
