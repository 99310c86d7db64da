package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ChildNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StoppageTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Stoppage stoppage = new Stoppage();
    private ChildHandle child;
    private long now;

    @BeforeEach
    void startChild() throws Exception {
        child = new ChildHandle(ChildNames.of("child", 0, 1), 0, 1, new ProcessBuilder("cat").start(), 0);
    }

    @AfterEach
    void endChild() throws Exception {
        child.process().destroyForcibly().waitFor();
    }

    /** The kernel stops a process a moment after it has taken the signal. */
    private void signal(String name, boolean stops) throws Exception {
        long pid = child.process().pid();
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        while (stops != isStopped(pid)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isStopped(long pid) throws Exception {
        return Stoppage.isStopped(Files.readString(Path.of("/proc/" + pid + "/stat")));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            stoppage.look(List.of(child), now);
            now += SECOND;
        }
    }

    @Test
    void childThatIsStoppedForSomeSecondsIsKilled() throws Exception {
        signal("STOP", true);

        look(Stoppage.LOOKS);

        assertTrue(child.process().waitFor(60, TimeUnit.SECONDS));
    }

    @Test
    void childThatGoesOnInTimeIsNot() throws Exception {
        for (int times = 0; times < 2; times++) {
            signal("STOP", true);
            look(Stoppage.LOOKS - 1);
            signal("CONT", false);
            look(1);
        }

        child.process().getOutputStream().close(); // then it ends by itself
        assertTrue(child.process().waitFor(60, TimeUnit.SECONDS));
        assertTrue(child.process().exitValue() == 0, "killed");
    }

    @Test
    void severalLooksInASecondAreOne() throws Exception {
        signal("STOP", true);

        for (int i = 0; i < 100; i++) {
            stoppage.look(List.of(child), now);
        }

        assertTrue(child.noteStopped(true) == 2, "looked more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12 (java) S 1", "12 (T) S 1", "12 (a) T b) R 1", "12 (java) t 1", "12 (java)", ""})
    void otherStatesAreNotMeant(String stat) {
        assertFalse(Stoppage.isStopped(stat));
    }
}
