package io.github.jettympm.child;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ParentWatchTest {
    private static final long SELF = 100;
    private static final long PARENT = 70;
    private static final long WRAPPER = 80;
    private static final long STARTED = 4711;

    @TempDir
    private Path proc;

    private void process(long pid, String state, long owner, long started) throws IOException {
        String fields = " 0".repeat(17);
        Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(
                proc.resolve(Long.toString(pid)).resolve("stat"),
                pid + " (java (17)) " + state + " " + owner + fields + " " + started + " 0 0\n");
    }

    private boolean isThere() {
        return ParentWatch.of(proc, SELF, PARENT, STARTED).isThere();
    }

    @Test
    void processThatStartedThisOneIsThere() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();

        assertTrue(ParentWatch.of(parent, ProcFiles.startTime(parent).orElseThrow())
                .isThere());
    }

    @Test
    void parentBehindAWrapperIsThereAsLongAsItLives() throws Exception {
        Process other = new ProcessBuilder("cat").start();
        ParentWatch watch =
                ParentWatch.of(other.pid(), ProcFiles.startTime(other.pid()).orElseThrow());

        assertTrue(watch.isThere());
        other.getOutputStream().close();
        other.waitFor();

        assertFalse(watch.isThere());
    }

    @Test
    void parentThatWasGoneBeforeIsNotThere() throws Exception {
        Process other = new ProcessBuilder("true").start();
        other.waitFor();

        assertFalse(ParentWatch.of(other.pid(), STARTED).isThere());
    }

    /** As for a child of another user, with {@code hidepid=2}. */
    @Test
    void parentThatIsHiddenIsThereUntilTheChildIsAnothers() throws IOException {
        process(SELF, "S", PARENT, 5000);
        ParentWatch watch = ParentWatch.of(proc, SELF, PARENT, STARTED);

        assertTrue(watch.isThere());
        process(SELF, "S", 1, 5000);

        assertFalse(watch.isThere());
    }

    /** As in a container. An orphan is given to process 1 as well, or to a subreaper, which is not its parent. */
    @Test
    void parentMayBeProcessOne() throws IOException {
        process(SELF, "S", 1, 5000);

        assertTrue(ParentWatch.of(proc, SELF, 1, STARTED).isThere());
        assertFalse(isThere());
    }

    /** A thread of it that ended may make it look dead, but not its children another's. */
    @Test
    void stateOfAParentDoesNotMatterAsLongAsTheChildIsItsOwn() throws IOException {
        process(SELF, "S", PARENT, 5000);
        process(PARENT, "Z", 1, STARTED);

        assertTrue(isThere());
    }

    @Test
    void parentBehindAWrapperIsGoneWithItsProcess() throws IOException {
        process(SELF, "S", WRAPPER, 5000);
        assertFalse(isThere());

        process(PARENT, "S", 1, STARTED);
        ParentWatch watch = ParentWatch.of(proc, SELF, PARENT, STARTED);
        assertTrue(watch.isThere());
        process(PARENT, "Z", 1, STARTED);
        assertFalse(watch.isThere());
    }

    @Test
    void anotherProcessWithItsNumberIsNotTheParent() throws IOException {
        process(SELF, "S", WRAPPER, 5000);
        process(PARENT, "S", 1, STARTED + 1);

        assertFalse(isThere());
    }
}
