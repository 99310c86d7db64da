package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ChildNames;
import io.github.jettympm.scoreboard.RecycleCause;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.settings.RecycleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecyclingTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir
    private Path directory;

    private final List<ChildHandle> children = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Scoreboard scoreboard;

    @BeforeEach
    void createScoreboard() throws IOException {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 2);
    }

    @AfterEach
    void endProcesses() {
        children.forEach(child -> child.process().destroyForcibly());
    }

    /** Children that are ready at 0; they are small, but each takes more than a megabyte. */
    private Recycling recycling(Duration lifetime, long rss) throws IOException {
        var settings = new RecycleSettings("jetty.test", 0, lifetime, rss, 0, 1);
        for (int slot = 0; slot < 2; slot++) {
            scoreboard.begin(slot, 1);
            scoreboard.state(slot, SlotState.READY);
            ChildHandle child =
                    new ChildHandle(ChildNames.of("child", 0, 1), slot, 1, new ProcessBuilder("cat").start(), -SECOND);
            child.begin(Expiry.draw(settings, () -> 0), false);
            child.note(scoreboard, 0);
            children.add(child);
        }
        while (ProcessMemory.residentMegabytes(children.get(1).process().pid()) < 1
                || ProcessMemory.residentMegabytes(children.get(0).process().pid()) < 1) {
            Thread.onSpinWait(); // they have just been started
        }
        return new Recycling(scoreboard, settings, warnings::add);
    }

    @Test
    void childWithTooMuchMemoryServesForSomeTimeAllTheSame() throws IOException {
        Recycling recycling = recycling(Duration.ZERO, 1);

        recycling.look(children, 9 * SECOND);
        assertFalse(children.get(0).isExpired());
        recycling.look(children, 10 * SECOND);

        assertTrue(children.get(0).isExpired());
        assertEquals(RecycleCause.MEMORY, children.get(0).outdatedBy());
    }

    @Test
    void limitThatEveryChildExceedsIsSaidOnceWithTheNumbers() throws IOException {
        Recycling recycling = recycling(Duration.ZERO, 1);

        recycling.look(children, 2 * SECOND);
        recycling.look(children, 3 * SECOND);

        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(
                warnings.get(0)
                        .matches(
                                "child \\d+ \\(slot 0\\) has \\d+ MB of resident memory 2 s after it was ready, and its limit"
                                        + " is 1: .*; raise jetty.test.maxChildRss=1"),
                warnings::toString);
    }

    @Test
    void memoryWithinItsLimitIsNoReason() throws IOException {
        Recycling recycling = recycling(Duration.ZERO, 1_000);

        recycling.look(children, 1 * SECOND);
        recycling.look(children, 100 * SECOND);

        assertTrue(children.stream().noneMatch(ChildHandle::isExpired));
        assertEquals(List.of(), warnings);
    }

    @Test
    void childThatHasServedForItsTimeExpires() throws IOException {
        Recycling recycling = recycling(Duration.ofSeconds(60), 0);

        recycling.look(children, 59 * SECOND);
        assertFalse(children.get(1).isExpired());
        recycling.look(children, 60 * SECOND);

        assertTrue(children.get(1).isExpired());
        assertEquals(RecycleCause.LIFETIME, children.get(1).outdatedBy());
    }
}
