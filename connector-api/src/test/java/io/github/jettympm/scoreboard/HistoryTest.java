package io.github.jettympm.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;

    private Scoreboard scoreboard;

    @BeforeEach
    void create() throws IOException {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 3, 2, Identity.NONE);
    }

    private List<Long> times() {
        return scoreboard.history().points().stream().map(History.Point::at).toList();
    }

    private static History.Point at(long time) {
        return new History.Point(time, 1.5, 2, 3);
    }

    @Test
    void newOneIsEmpty() {
        assertEquals(List.of(), times());
    }

    @Test
    void pointsAreInTheOrderOfTheirTime() throws IOException {
        scoreboard.history().add(at(10));
        scoreboard.history().add(at(20));

        assertEquals(
                List.of(at(10), at(20)),
                Scoreboard.openToRead(scoreboard.file()).history().points());
    }

    @Test
    void oldestMakesRoom() {
        LongStream.rangeClosed(1, History.POINTS + 5)
                .forEach(time -> scoreboard.history().add(at(time)));

        assertEquals(LongStream.rangeClosed(6, History.POINTS + 5).boxed().toList(), times());
    }

    @Test
    void numbersThatMakeNoSenseBecomeZero() {
        scoreboard.history().add(new History.Point(1, Double.NaN, -1, -2));
        scoreboard.history().add(new History.Point(2, Double.POSITIVE_INFINITY, 0, 0));

        assertEquals(
                List.of(new History.Point(1, 0, 0, 0), new History.Point(2, 0, 0, 0)),
                scoreboard.history().points());
    }

    @Test
    void samplerAddsAPointEachFiveSeconds() {
        Sampler sampler = new Sampler(scoreboard);
        scoreboard.begin(1, 1);
        RequestRows rows = scoreboard.requestRows(1);

        sampler.look(0, 1000);
        for (int i = 0; i < 20; i++) {
            rows.ends(rows.begins("", "GET", "/", 1), 1, 0, 2);
        }
        rows.begins("", "GET", "/", 1);
        scoreboard.process(1).load(4, 3, 7);
        sampler.look(4 * SECOND, 5000);
        sampler.look(5 * SECOND, 6000);
        sampler.look(6 * SECOND, 7000);
        sampler.look(11 * SECOND, 12000);

        assertEquals(
                List.of(new History.Point(6000, 4, 1, 7), new History.Point(12000, 0, 1, 7)),
                scoreboard.history().points());
    }

    @Test
    void samplerGoesOnCountingWhenAProcessEnds() {
        Sampler sampler = new Sampler(scoreboard);
        scoreboard.begin(1, 1);
        RequestRows rows = scoreboard.requestRows(1);
        sampler.look(0, 0);

        for (int i = 0; i < 10; i++) {
            rows.ends(rows.begins("", "GET", "/", 1), 1, 0, 2);
        }
        scoreboard.end(1);
        scoreboard.begin(1, 2);
        sampler.look(5 * SECOND, 5000);

        assertEquals(
                List.of(new History.Point(5000, 2, 0, 0)), scoreboard.history().points());
    }
}
