package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ChildNames;
import io.github.jettympm.scoreboard.Identity;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NOW = 100 * SECOND;

    @TempDir
    private Path directory;

    private Scoreboard scoreboard;
    private Endings endings;
    private int started;

    @BeforeEach
    void createScoreboard() throws Exception {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 1);
        endings = new Endings(scoreboard);
    }

    /** A child that became ready some seconds ago and has ended now; it was started after those before it had ended. */
    private ChildHandle ended(int secondsReady, boolean idle) throws Exception {
        return ended(secondsReady, idle, NOW + ++started);
    }

    private ChildHandle ended(int secondsReady, boolean idle, long bornAt) throws Exception {
        Process process = new ProcessBuilder("false").start();
        process.waitFor();
        ChildHandle child = new ChildHandle(ChildNames.of("child", 0, 1), 0, 1, process, bornAt);
        scoreboard.begin(0, 1);
        scoreboard.threads(0, 1, idle ? 1 : 0);
        scoreboard.state(0, SlotState.READY);
        child.note(scoreboard, NOW - secondsReady * SECOND);
        return child;
    }

    /** A child whose server stops because an application has called System.exit. */
    private ChildHandle exited(int status) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "exit " + status).start();
        process.waitFor();
        ChildHandle child = new ChildHandle(ChildNames.of("child", 0, 1), 0, 1, process, NOW - 60 * SECOND);
        scoreboard.begin(0, 1);
        scoreboard.threads(0, 1, 0);
        scoreboard.state(0, SlotState.READY);
        child.note(scoreboard, NOW - 20 * SECOND);
        scoreboard.state(0, SlotState.DRAINING);
        child.note(scoreboard, NOW);
        return child;
    }

    private void mourn(ChildHandle child) {
        endings.report(child, endings.of(child, Optional.empty(), NOW), NOW);
    }

    @Test
    void fourthInARowThatDiesWithoutARequestIsNotReplacedAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            mourn(ended(1, true));
            assertTrue(endings.allowStart(NOW));
        }

        mourn(ended(1, true));

        assertFalse(endings.allowStart(NOW));
        assertTrue(endings.allowStart(NOW + SECOND));
        mourn(ended(1, true));
        assertFalse(endings.allowStart(NOW + SECOND));
        assertTrue(endings.allowStart(NOW + 2 * SECOND));
    }

    /** A client could make a line of our own, or a command for a terminal, out of its method, its path or its address. */
    @Test
    void nothingThatAClientSaysForgesALineOfTheLog() throws Exception {
        ChildHandle child = ended(1, false);
        scoreboard.traffic(0).connectionTaken("fe80::1%\u009b31m\r\n", 1);
        scoreboard.traffic(0).requestBegins("GET\u001b[2J", "/a\r\nERROR child 1 ended\u0085\u2028", 2);

        String line = endings.of(child, Optional.empty(), NOW).toString();

        assertTrue(line.contains("GET?[2J /a??ERROR child 1 ended?? for fe80::1%?31m??"), line);
    }

    @Test
    void childrenThatDieOfRequestsAreReplacedAtOnce() throws Exception {
        for (int i = 0; i < 9; i++) {
            mourn(ended(1, false));
        }

        assertTrue(endings.allowStart(NOW));
    }

    /** Of which each has more threads than requests, and event says nothing of threads unless it is told to bound them. */
    @Test
    void childWithManyThreadsDiesOfARequestIfItHasOne() throws Exception {
        scoreboard = Scoreboard.create(directory.resolve("many"), 1, 2, Identity.NONE);
        endings = new Endings(scoreboard);
        for (int i = 0; i < 9; i++) {
            ChildHandle child = ended(1, true);
            RequestRows requests = scoreboard.requestRows(0);
            requests.ends(requests.begins("192.0.2.1", "GET", "/done", 1), 1, 0, 2);
            requests.begins("192.0.2.1", "GET", "/fatal", 3);
            mourn(child);
        }
        assertTrue(endings.allowStart(NOW));

        for (int i = 0; i < 4; i++) {
            assertTrue(endings.allowStart(NOW));
            ChildHandle child = ended(1, true);
            RequestRows requests = scoreboard.requestRows(0);
            requests.ends(requests.begins("192.0.2.1", "GET", "/done", 1), 1, 0, 2);
            mourn(child);
        }
        assertFalse(endings.allowStart(NOW));
    }

    @Test
    void childrenThatDieTogetherDoNotDieInARow() throws Exception {
        for (int i = 0; i < 9; i++) {
            mourn(ended(1, true, NOW - 60 * SECOND));
        }

        assertTrue(endings.allowStart(NOW));
    }

    @Test
    void childThatHasLivedForSomeTimeDidNotCrashByItself() throws Exception {
        for (int i = 0; i < 9; i++) {
            mourn(ended(10, true));
        }

        assertTrue(endings.allowStart(NOW));
    }

    @Test
    void childThatSurvivesEndsTheWaiting() throws Exception {
        for (int i = 0; i < 9; i++) {
            mourn(ended(1, true));
        }
        assertFalse(endings.allowStart(NOW));

        endings.noteSurvivors(List.of(ended(9, true)), NOW);
        assertFalse(endings.allowStart(NOW));
        endings.noteSurvivors(List.of(ended(10, true)), NOW);

        assertTrue(endings.allowStart(NOW));
    }

    @Test
    void onlyARequestInFlightIsNamed() throws Exception {
        ChildHandle child = ended(1, false);
        scoreboard.traffic(0).connectionTaken("192.0.2.1", NOW);
        assertEquals(Optional.empty(), endings.of(child, Optional.empty(), NOW).request());

        scoreboard.traffic(0).requestBegins("GET", "/report", NOW);
        assertEquals(
                Optional.of("GET /report for 192.0.2.1"),
                endings.of(child, Optional.empty(), NOW).request());

        scoreboard.traffic(0).requestEnds(1, NOW);
        assertEquals(Optional.empty(), endings.of(child, Optional.empty(), NOW).request());
    }

    @Test
    void whoNobodyHasAskedToEndHasCrashed() throws Exception {
        ChildHandle asked = ended(1, true);
        asked.noteAsked(NOW);

        mourn(asked);
        assertEquals(Map.of(), scoreboard.pool().crashes());
        mourn(ended(1, false));
        mourn(ended(1, true));

        assertEquals(Map.of(1, 2L), scoreboard.pool().crashes());
    }

    @Test
    void childWhoseApplicationHasEndedTheProcessWasNotAsked() throws Exception {
        Ending quiet = endings.of(exited(0), Optional.empty(), NOW);
        Ending loud = endings.of(exited(7), Optional.empty(), NOW);

        assertTrue(quiet.toString().contains(" with status 0 although nobody asked it to"), quiet::toString);
        assertTrue(loud.toString().endsWith(" with status 7"), loud::toString);
        mourn(exited(0));
        mourn(exited(7));
        assertEquals(Map.of(0, 1L, 7, 1L), scoreboard.pool().crashes());
    }

    /** It keeps the drain timeout by itself; killed at the same moment it would have another status. */
    @Test
    void childThatEndsByItselfIsNotKilledAtTheMomentWhenItIsDone() throws Exception {
        Duration drainTimeout = Duration.ofSeconds(30);
        ChildHandle child = exited(7);

        assertFalse(child.isDrained(drainTimeout, NOW + 45 * SECOND));
        assertTrue(child.isDrained(drainTimeout, NOW + 45 * SECOND + 1));
        child.noteAsked(NOW);
        assertFalse(child.isDrained(drainTimeout, NOW + 30 * SECOND));
        assertTrue(child.isDrained(drainTimeout, NOW + 30 * SECOND + 1));
    }

    @Test
    void ofManyRequestsTheLongestIsNamed() throws Exception {
        scoreboard = Scoreboard.create(directory.resolve("many"), 1, 4, Identity.NONE);
        endings = new Endings(scoreboard);
        ChildHandle child = ended(1, true);
        RequestRows rows = scoreboard.requestRows(0);
        rows.ends(rows.begins("192.0.2.1", "GET", "/done", 1), 1, 0, 2);
        rows.begins("192.0.2.2", "GET", "/second", 20);
        rows.begins("192.0.2.3", "GET", "/first", 10);

        Ending ending = endings.of(child, Optional.empty(), NOW);

        assertEquals("GET /first for 192.0.2.3 and 1 more", ending.request().orElseThrow());
    }
}
