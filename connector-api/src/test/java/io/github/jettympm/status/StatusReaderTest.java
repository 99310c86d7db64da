package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.History;
import io.github.jettympm.scoreboard.Identity;
import io.github.jettympm.scoreboard.RecycleCause;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.scoreboard.Traffic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReaderTest {
    private static final long SELF = ProcessHandle.current().pid();
    private static final int HEADER_BYTES = 4096;
    private static final int CONSTANT_BYTES = 16; // magic, version and sizes

    @TempDir
    private Path base;

    private Scoreboard prefork;
    private Scoreboard event;

    @BeforeEach
    void create() throws IOException {
        prefork = Scoreboard.create(base.resolve("prefork"), 3, 1, identity("prefork", 2, 5_000));
        event = Scoreboard.create(base.resolve("event"), 2, 4, identity("event", -1, 4_000));
        new StateFile(SELF, List.of(prefork.file(), event.file())).write(StateFile.in(base));
    }

    private static Identity identity(String model, int most, long started) {
        return new Identity(SELF, started, most, model + "@1", model, "0.0.0.0:80", "http/1.1", "Jetty/12");
    }

    private ConnectorStatus connector(int index) throws IOException {
        return StatusReader.read(base).connectors().get(index);
    }

    @Test
    void serverIsWhatItsConnectorsSay() throws IOException {
        Status status = StatusReader.read(base);

        assertEquals("Jetty/12", status.version());
        assertEquals(Instant.ofEpochMilli(4_000), status.started());
        assertEquals(
                List.of("prefork@1", "event@1"),
                status.connectors().stream().map(ConnectorStatus::name).toList());
        assertEquals(3, status.loads().size());
        assertFalse(status.host().isEmpty());
        assertTrue(status.cpuUser().plus(status.cpuSystem()).toMillis() > 0);
        assertEquals(-1, status.storedSessions());
        assertEquals(5, status.withStoredSessions(5).storedSessions());
    }

    @Test
    void onlySlotsWithAProcessAreShown() throws IOException {
        prefork.begin(1, 3);
        prefork.process(1).process(SELF, 77);
        prefork.state(1, SlotState.READY);

        ConnectorStatus connector = connector(0);

        assertEquals(1, connector.processes().size());
        ProcessStatus process = connector.processes().get(0);
        assertEquals(1, process.slot());
        assertEquals(SELF, process.pid());
        assertEquals(SlotState.READY, process.state());
        assertEquals(Instant.ofEpochMilli(77), process.started());
        assertTrue(process.residentBytes() > 0);
        assertEquals(List.of(), process.threads());
        assertEquals(3, connector.generation());
        assertEquals(3, connector.slots());
        assertEquals(1, connector.threadsPerSlot());
        assertEquals(2, connector.maxRequestWorkers());
    }

    @Test
    void requestsAreThoseOfTheRows() throws IOException {
        event.begin(0, 1);
        RequestRows rows = event.requestRows(0);
        long now = System.nanoTime();
        Traffic first = rows.begins("192.0.2.1", "GET", "/a", now - 3_000);
        rows.begins("192.0.2.2", "PUT", "/b", now);
        rows.ends(first, now - 3_000, 10, now - 1_000);
        event.process(0).load(9, 8, 7);

        ProcessStatus process = connector(1).processes().get(0);

        assertEquals(2, process.threads().size());
        RequestStatus done = process.threads().get(0);
        assertEquals(Activity.NONE, done.activity());
        assertEquals(Duration.ofNanos(2_000), done.lastDuration());
        assertEquals("GET /a", done.request());
        assertEquals("192.0.2.1", done.client());
        assertEquals(10, done.bytes());
        assertEquals(Activity.WRITING, process.threads().get(1).activity());
        assertTrue(process.threads().get(1).inActivity().toNanos() > 0);
        assertEquals(1, process.busyThreads());
        assertEquals(7, process.idleThreads());
        assertEquals(9, process.openConnections());
        assertEquals(8, process.waitingConnections());
        assertEquals(1, process.requests());
        assertEquals(Duration.ofNanos(2_000), process.busyTime());
    }

    @Test
    void poolIsWhatItsParentHasCounted() throws IOException {
        prefork.pool().listenQueue(3);
        prefork.pool().listenQueueLimit(50);
        prefork.pool().limitReached();
        prefork.pool().crashed(139);
        prefork.pool().crashed(3);
        prefork.pool().crashed(70);
        prefork.pool().recycled(RecycleCause.LIFETIME);
        prefork.history().add(new History.Point(5_000, 2.5, 1, 0));
        prefork.begin(0, 1);
        prefork.traffic(0).oneOfManyTaken();
        prefork.process(0).slowRequest();
        prefork.end(0);

        ConnectorStatus connector = connector(0);

        assertEquals(3, connector.listenQueue());
        assertEquals(50, connector.listenQueueLimit());
        assertEquals(1, connector.limitReached());
        assertEquals(1, connector.slowRequests());
        assertEquals(Map.of("signal 11", 1L, "out of memory", 1L, "boot failed", 1L), connector.crashes());
        assertEquals(Map.of("maxChildLifetime", 1L), connector.recycles());
        assertEquals(List.of(new Sample(Instant.ofEpochMilli(5_000), 2.5, 1, 0)), connector.history());
        assertEquals(new Served(1, 0, 0, Duration.ZERO), connector.ended());
        assertEquals(connector.ended(), connector.served());
    }

    @Test
    void whatWasServedIsTheSumOverAllProcesses() throws IOException {
        for (int slot = 0; slot < 2; slot++) {
            prefork.begin(slot, 1);
            prefork.traffic(slot).connectionTaken("192.0.2.1", 1);
            prefork.traffic(slot).requestBegins("GET", "/", 2);
            prefork.traffic(slot).requestEnds(100, 5);
        }
        prefork.end(0);

        assertEquals(new Served(2, 2, 200, Duration.ofNanos(6)), connector(0).served());
    }

    @Test
    void scoreboardThatCannotBeReadIsLeftOut() throws IOException {
        prefork.close();

        assertEquals(1, StatusReader.read(base).connectors().size());
        event.close();
        IOException e = assertThrows(IOException.class, () -> StatusReader.read(base));
        assertTrue(e.getMessage().startsWith("none of the scoreboards"), e.getMessage());
    }

    @Test
    void oneThatIsCutShortIsLeftOut() throws IOException {
        try (RandomAccessFile cut = new RandomAccessFile(event.file().toFile(), "rw")) {
            cut.setLength(HEADER_BYTES + 100);
        }

        assertEquals(1, StatusReader.read(base).connectors().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyBytesMakeSomeStatus(long seed) throws IOException {
        damage(prefork.file(), new Random(seed));
        damage(event.file(), new Random(seed + 100));

        Status status = StatusReader.read(base);

        assertEquals(2, status.connectors().size());
        for (ProcessStatus process : status.processes()) {
            assertTrue(process.requests() >= 0 && !process.busyTime().isNegative());
            process.threads().forEach(StatusReaderTest::requirePrintable);
        }
        assertFalse(status.uptime().isNegative());
        status.connectors().forEach(ConnectorStatus::served);
    }

    private static void damage(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] noise = new byte[bytes.length];
        random.nextBytes(noise);
        System.arraycopy(bytes, 0, noise, 0, CONSTANT_BYTES);
        for (int i = HEADER_BYTES; i < noise.length; i += 64) {
            noise[i] = (byte) random.nextInt(4); // some of it looks like a state
            noise[i + 1] = 0;
            noise[i + 2] = 0;
            noise[i + 3] = 0;
        }
        Files.write(file, noise);
    }

    private static void requirePrintable(RequestStatus row) {
        assertTrue((row.client() + row.request()).chars().allMatch(c -> c >= 0x20 && c <= 0x7e), row.toString());
    }
}
