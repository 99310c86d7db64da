package io.github.jettympm.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolFiguresTest {
    @TempDir
    private Path directory;

    private Scoreboard scoreboard;
    private PoolFigures written;
    private PoolFigures seen;

    @BeforeEach
    void create() throws IOException {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 2);
        written = scoreboard.pool();
        seen = Scoreboard.openToRead(scoreboard.file()).pool();
    }

    @Test
    void newOneKnowsNothing() {
        assertEquals(PoolFigures.UNKNOWN, seen.listenQueue());
        assertEquals(PoolFigures.UNKNOWN, seen.listenQueueLimit());
        assertEquals(0, seen.timesLimitReached());
        assertEquals(Map.of(), seen.crashes());
        assertEquals(Map.of(), seen.recycles());
        assertEquals(Totals.NONE, seen.ended());
    }

    @Test
    void readerSeesTheQueueAndTheLimit() {
        written.listenQueue(3);
        written.listenQueueLimit(511);
        written.limitReached();
        written.limitReached();

        assertEquals(3, seen.listenQueue());
        assertEquals(511, seen.listenQueueLimit());
        assertEquals(2, seen.timesLimitReached());
    }

    @Test
    void crashesAreCountedByStatus() {
        written.crashed(139);
        written.crashed(3);
        written.crashed(139);
        written.crashed(0);

        assertEquals(Map.of(139, 2L, 3, 1L, 0, 1L), seen.crashes());
    }

    @Test
    void statusesForWhichThereIsNoRoomAreCountedTogether() {
        for (int status = 1; status <= 20; status++) {
            written.crashed(status);
            written.crashed(status);
        }

        Map<Integer, Long> crashes = seen.crashes();
        assertEquals(16, crashes.size());
        assertEquals(2, crashes.get(15));
        assertEquals(10, crashes.get(PoolFigures.OTHER_STATUS));
    }

    @Test
    void recyclesAreCountedByCause() {
        written.recycled(RecycleCause.MEMORY);
        written.recycled(RecycleCause.RESTART);
        written.recycled(RecycleCause.RESTART);

        assertEquals(Map.of(RecycleCause.MEMORY, 1L, RecycleCause.RESTART, 2L), seen.recycles());
    }

    @ParameterizedTest
    @CsvSource({"CONNECTIONS,0", "LIFETIME,1", "MEMORY,2", "RESTART,3"})
    void codesNeverChange(RecycleCause cause, int code) {
        assertEquals(code, cause.code());
    }

    @Test
    void whatAProcessHadServedOutlivesIt() {
        scoreboard.begin(1, 1);
        Traffic row = scoreboard.traffic(1);
        row.connectionTaken("192.0.2.1", 1);
        row.requestBegins("GET", "/", 10);
        row.requestEnds(100, 13);
        scoreboard.process(1).slowRequest();

        scoreboard.end(1);
        scoreboard.begin(1, 2);

        assertEquals(new Totals(1, 1, 100, 3, 1), seen.ended());
        assertEquals(new Totals(1, 1, 100, 3, 1), scoreboard.totals());
        assertEquals(Totals.NONE, scoreboard.totals(1));
    }
}
