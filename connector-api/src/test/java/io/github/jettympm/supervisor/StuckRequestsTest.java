package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ChildNames;
import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.RequestTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StuckRequestsTest {
    private static final long BEGIN = 7;
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final long STUCK = BEGIN + LIMIT.plus(StuckRequests.GRACE).toNanos();

    @TempDir
    private Path directory;

    private Scoreboard scoreboard;
    private ChildHandle child;

    @BeforeEach
    void startChild() throws Exception {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 1);
        child = new ChildHandle(ChildNames.of("child", 0, 1), 0, 1, new ProcessBuilder("cat").start(), 0);
        scoreboard.threads(0, 1, 0);
        scoreboard.traffic(0).connectionTaken("192.0.2.1", BEGIN);
        scoreboard.traffic(0).requestBegins("GET", "/loop", BEGIN);
    }

    @AfterEach
    void endChild() throws Exception {
        child.process().destroyForcibly().waitFor();
    }

    private void look(Duration terminate, long now) {
        var times = new RequestTimes("p", Duration.ZERO, terminate, Duration.ZERO);
        new StuckRequests(scoreboard, times).look(List.of(child), now);
    }

    /** One that is not killed ends by itself when there is no more input. */
    private int statusAtItsEnd() throws Exception {
        child.process().getOutputStream().close();
        assertTrue(child.process().waitFor(60, TimeUnit.SECONDS));
        return child.exitStatus();
    }

    @Test
    void childThatDoesNotEndForItsRequestIsKilledAndItIsSaidWhy() throws Exception {
        look(LIMIT, STUCK);

        assertTrue(child.process().waitFor(60, TimeUnit.SECONDS));
        assertEquals(128 + 9, child.process().exitValue());
        assertEquals(ExitStatus.REQUEST_TOO_LONG.code(), child.exitStatus());
    }

    @Test
    void childHasTimeToEndItself() throws Exception {
        look(LIMIT, STUCK - 1);

        assertEquals(0, statusAtItsEnd());
    }

    @Test
    void childThatWaitsForItsNextRequestIsNotMeant() throws Exception {
        scoreboard.traffic(0).requestEnds(0, BEGIN + 1);

        look(LIMIT, STUCK + 1);

        assertEquals(0, statusAtItsEnd());
    }

    @Test
    void childWithoutAConnectionIsNotMeant() throws Exception {
        scoreboard.threads(0, 1, 1);

        look(LIMIT, STUCK);

        assertEquals(0, statusAtItsEnd());
    }

    @Test
    void withoutALimitNobodyIsKilled() throws Exception {
        look(Duration.ZERO, Long.MAX_VALUE);

        assertEquals(0, statusAtItsEnd());
    }
}
