package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Scoreboard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long NOW = Long.MAX_VALUE - 100 * MILLI; // the clock will overflow

    @TempDir
    private Path directory;

    private Scoreboard scoreboard;

    @BeforeEach
    void createScoreboard() throws Exception {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 1);
    }

    @Test
    void oneThatWaitsForAMomentIsNoPressure() {
        var pressure = new Pressure(scoreboard, Duration.ZERO);

        pressure.tell(List.of(), 1, NOW);
        assertFalse(scoreboard.isUnderPressure());
        pressure.tell(List.of(), 0, NOW + 100 * MILLI);
        pressure.tell(List.of(), 1, NOW + 200 * MILLI);

        assertFalse(scoreboard.isUnderPressure());
    }

    @Test
    void pressureLastsAsLongAsSomebodyWaits() {
        var pressure = new Pressure(scoreboard, Duration.ZERO);

        pressure.tell(List.of(), 1, NOW);
        pressure.tell(List.of(), 2, NOW + 150 * MILLI);
        assertTrue(scoreboard.isUnderPressure());
        pressure.tell(List.of(), 1, NOW + 250 * MILLI);
        assertTrue(scoreboard.isUnderPressure());
        pressure.tell(List.of(), 0, NOW + 300 * MILLI);

        assertFalse(scoreboard.isUnderPressure());
    }

    @Test
    void whoIsToWaitWaits() {
        var pressure = new Pressure(scoreboard, Duration.ofMillis(-1));

        pressure.tell(List.of(), 1, NOW);
        pressure.tell(List.of(), 1, NOW + 900 * MILLI);

        assertFalse(scoreboard.isUnderPressure());
    }
}
