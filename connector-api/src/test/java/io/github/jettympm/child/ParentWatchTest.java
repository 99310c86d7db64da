package io.github.jettympm.child;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ParentWatchTest {
    @Test
    void processThatStartedThisOneIsThere() {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();

        assertTrue(ParentWatch.of(parent).isThere());
    }

    @Test
    void parentBehindAWrapperIsThereAsLongAsItLives() throws Exception {
        Process other = new ProcessBuilder("cat").start();
        ParentWatch watch = ParentWatch.of(other.pid());

        assertTrue(watch.isThere());
        other.getOutputStream().close();
        other.waitFor();

        assertFalse(watch.isThere());
    }

    @Test
    void parentThatWasGoneBeforeIsNotThere() throws Exception {
        Process other = new ProcessBuilder("true").start();
        other.waitFor();

        assertFalse(ParentWatch.of(other.pid()).isThere());
    }
}
