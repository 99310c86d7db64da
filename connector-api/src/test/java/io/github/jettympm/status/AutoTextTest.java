package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoTextTest {
    private static String render(ConnectorStatus... connectors) {
        return new AutoText(ZoneOffset.UTC, "2026-01-02T03:04:05Z").render(Statuses.server(connectors));
    }

    @Test
    void preforkHasTheKeysOfHttpdInItsOrder() {
        assertEquals("""
                www.example.org
                ServerVersion: Jetty/12.1.12 jetty-mpm/0.1.0
                ServerMPM: prefork
                Server Built: 2026-01-02T03:04:05Z
                CurrentTime: Thursday, 05-Mar-2026 09:07:03 Z
                RestartTime: Wednesday, 04-Mar-2026 08:05:00 Z
                ParentServerConfigGeneration: 2
                ParentServerMPMGeneration: 1
                ServerUptimeSeconds: 90123
                ServerUptime: 1 day 1 hour 2 minutes 3 seconds
                Load1: 0.52
                Load5: 1.00
                Load15: 12.35
                Total Accesses: 370
                Total kBytes: 3617
                Total Duration: 13363
                CPUUser: 1.5
                CPUSystem: .25
                CPUChildrenUser: 6
                CPUChildrenSystem: 1.5
                CPULoad: .0102638
                Uptime: 90123
                ReqPerSec: .0041055
                BytesPerSec: 41.0973
                BytesPerReq: 10010.3
                DurationPerReq: 36.1162
                BusyWorkers: 1
                GracefulWorkers: 1
                IdleWorkers: 1
                Scoreboard: _WG.
                """, render(Statuses.prefork()));
    }

    @Test
    void eventHasTheConnectionsBesideThem() {
        List<String> keys = render(Statuses.event())
                .lines()
                .map(line -> line.split(":")[0])
                .dropWhile(key -> !key.equals("IdleWorkers"))
                .toList();

        assertEquals(
                List.of(
                        "IdleWorkers",
                        "Processes",
                        "Stopping",
                        "ConnsTotal",
                        "ConnsAsyncWaitIO",
                        "ConnsAsyncWriting",
                        "ConnsAsyncKeepAlive",
                        "ConnsAsyncClosing",
                        "Scoreboard"),
                keys);
    }

    @Test
    void processorTimeOfTheServersOwnProcessIsNotCountedTwice() {
        assertTrue(render(Statuses.event()).contains("CPUChildrenUser: 0\n"));
    }

    @Test
    void scoreboardsOfSeveralConnectorsFollowEachOther() {
        String text = render(Statuses.prefork(), Statuses.event());

        assertTrue(text.contains("ServerMPM: prefork+event\n"), text);
        assertTrue(text.endsWith("Scoreboard: _WG._W__\n"), text);
    }

    @Test
    void noValueBeginsALineOfItsOwn() {
        Status status = Statuses.server();
        Status hostile = new Status(
                status.now(),
                status.started(),
                "host\nBusyWorkers: 0",
                "v\r\n",
                List.of(),
                status.cpuUser(),
                status.cpuSystem(),
                -1,
                List.of());

        List<String> lines =
                new AutoText(ZoneOffset.UTC, "").render(hostile).lines().toList();

        assertEquals("host?BusyWorkers: 0", lines.get(0));
        assertEquals("ServerVersion: v??", lines.get(1));
        assertTrue(lines.contains("Load1: -1.00"), lines::toString);
    }
}
