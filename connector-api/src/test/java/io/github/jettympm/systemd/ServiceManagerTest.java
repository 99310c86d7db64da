package io.github.jettympm.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServiceManagerTest {
    private static final long PID = 4711;

    private final List<String> sent = new ArrayList<>();
    private final ServiceManager manager = new ServiceManager(sent::add, Optional.empty());

    private static ServiceManager find(Map<String, String> environment) {
        return ServiceManager.find(environment, PID).orElseThrow();
    }

    @Test
    void socketInTheFileSystemIsTold(@TempDir Path directory) throws Exception {
        String address = directory.resolve("notify").toString();
        try (var listener = new NotifyListener(address)) {

            find(Map.of("NOTIFY_SOCKET", address)).ready("serving");

            assertEquals("READY=1\nSTATUS=serving", listener.await("READY"));
        }
    }

    @Test
    void socketWithoutAFileIsTold() throws Exception {
        String address = "@jetty-mpm-test-" + ProcessHandle.current().pid();
        try (var listener = new NotifyListener(address)) {

            find(Map.of("NOTIFY_SOCKET", address)).keepAlive();

            assertEquals("WATCHDOG=1", listener.await("WATCHDOG"));
        }
    }

    @Test
    void nobodyListensAndNothingElseHappens(@TempDir Path directory) {
        find(Map.of("NOTIFY_SOCKET", directory.resolve("nobody").toString())).ready("serving");
    }

    @Test
    void withoutTheVariableThereIsNoManager() {
        assertTrue(ServiceManager.find(Map.of(), PID).isEmpty());
        assertTrue(ServiceManager.find(Map.of("NOTIFY_SOCKET", ""), PID).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vsock:2:1234", "relative"})
    void addressOfAnotherKindIsNoManager(String address) {
        assertTrue(ServiceManager.find(Map.of("NOTIFY_SOCKET", address), PID).isEmpty());
    }

    @Test
    void addressThatIsTooLongIsRefused() {
        var e = assertThrows(IOException.class, () -> NotifySocket.at("/" + "x".repeat(107)));

        assertTrue(e.getMessage().endsWith(" is longer than 107 bytes"), e.getMessage());
    }

    @Test
    void reloadingSaysWhen() {
        long before = System.nanoTime() / 1000;
        manager.reloading("restarting");
        long after = System.nanoTime() / 1000;

        String[] lines = sent.get(0).split("\n");
        assertEquals("RELOADING=1", lines[0]);
        long said = Long.parseLong(lines[1].substring("MONOTONIC_USEC=".length()));
        assertTrue(before <= said && said <= after, sent::toString);
        assertEquals("STATUS=restarting", lines[2]);
    }

    @Test
    void statusIsOneLine() {
        manager.status("a\nREADY=1");
        manager.stopping("ends");

        assertEquals(List.of("STATUS=a READY=1", "STOPPING=1\nSTATUS=ends"), sent);
    }

    @Test
    void watchdogIsForTheProcessThatItNames() {
        Map<String, String> mine =
                Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", Long.toString(PID));
        Map<String, String> others = Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1");
        Map<String, String> anybodys = Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", "500000");

        assertEquals(Optional.of(Duration.ofSeconds(30)), find(mine).watchdog());
        assertEquals(Optional.empty(), find(others).watchdog());
        assertEquals(Optional.of(Duration.ofMillis(500)), find(anybodys).watchdog());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "soon"})
    void watchdogWithoutATimeIsNone(String time) {
        assertEquals(
                Optional.empty(),
                find(Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", time)).watchdog());
    }
}
