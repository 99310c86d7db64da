package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
    private static final String SLOT = "{model=\"prefork\",address=\"0.0.0.0:8080\",slot=\"1\"}";

    private final Status status = Statuses.server(Statuses.prefork(), Statuses.event());
    private final String openMetrics = new MetricsText(true).render(status);
    private final String prometheus = new MetricsText(false).render(status);

    @Test
    void figuresAreSamplesOfWhichTheNameTellsTheUnit() {
        for (String line : List.of(
                "jetty_mpm_info{version=\"Jetty/12.1.12 jetty-mpm/0.1.0\",host=\"www.example.org\"} 1",
                "jetty_mpm_load5 1.0",
                "jetty_mpm_server_cpu_seconds_total{mode=\"user\"} 1.5",
                "jetty_mpm_listen_queue{model=\"prefork\",address=\"0.0.0.0:8080\"} 7",
                "jetty_mpm_requests_total{model=\"prefork\",address=\"0.0.0.0:8080\"} 370",
                "jetty_mpm_child_crashes_total{model=\"prefork\",address=\"0.0.0.0:8080\",cause=\"signal 11\"} 2",
                "jetty_mpm_processes{model=\"prefork\",address=\"0.0.0.0:8080\",state=\"draining\"} 1",
                "jetty_mpm_process_resident_memory_bytes" + SLOT + " 100663296",
                "jetty_mpm_process_requests_total" + SLOT + " 100")) {
            assertTrue(openMetrics.contains("\n" + line + "\n"), line + " is not in " + openMetrics);
            assertTrue(prometheus.contains("\n" + line + "\n"), line + " is not in " + prometheus);
        }
    }

    @Test
    void whatIsNotKnownHasNoSample() {
        assertTrue(openMetrics.contains("\njetty_mpm_process_heap_after_gc_bytes" + SLOT));
        assertEquals(
                2,
                openMetrics
                        .lines()
                        .filter(line -> line.startsWith("jetty_mpm_process_heap_after_gc_bytes{model=\"prefork\""))
                        .count());
        assertTrue(openMetrics.lines().noneMatch(line -> line.startsWith("jetty_mpm_stored_sessions")));
        assertTrue(openMetrics.lines().noneMatch(line -> line.endsWith(" -1")));
    }

    @Test
    void dialectsDifferInTheFamilyOfCountersOnly() {
        assertTrue(openMetrics.contains("# TYPE jetty_mpm_requests counter\n"));
        assertTrue(openMetrics.contains("# TYPE jetty_mpm info\n"));
        assertTrue(prometheus.contains("# TYPE jetty_mpm_requests_total counter\n"));
        assertTrue(prometheus.contains("# TYPE jetty_mpm_info gauge\n"));
        assertTrue(openMetrics.endsWith("\n# EOF\n"));
        assertEquals(
                openMetrics.lines().filter(line -> !line.startsWith("#")).toList(),
                prometheus.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** As OpenMetrics wants it: the lines of a family stand together, and no sample is there twice. */
    @Test
    void eachFamilyIsDescribedOnceAndHasItsSamplesBelow() {
        Set<String> families = new HashSet<>();
        Set<String> series = new HashSet<>();
        String family = "";
        for (String line : prometheus.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                family = line.split(" ")[2];
                assertTrue(families.add(family), family + " is described twice");
            } else if (!line.startsWith("#")) {
                assertEquals(family, line.split("[{ ]")[0]);
                assertTrue(series.add(line.substring(0, line.lastIndexOf(' '))), line + " is there twice");
            }
        }
    }

    @Test
    void labelsAreEscaped() {
        ConnectorStatus prefork = Statuses.prefork();
        ConnectorStatus hostile = new ConnectorStatus(
                prefork.name(),
                prefork.model(),
                "a\"b\\c\nd\u0001",
                prefork.protocols(),
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                1,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Served.NOTHING);

        String text = new MetricsText(true).render(Statuses.server(hostile));

        assertTrue(text.contains("address=\"a\\\"b\\\\c\\nd?\""), text);
    }
}
