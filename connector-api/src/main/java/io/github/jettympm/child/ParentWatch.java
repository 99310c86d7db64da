package io.github.jettympm.child;

import io.github.jettympm.protocol.ProcFiles;
import io.github.jettympm.protocol.StatFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Sees whether the parent is still there, from files of the kernel that stay open: a child that has no descriptor left would otherwise
 * find no parent, and end with all its connections.
 *
 * <p>Whose child a process is the kernel says in a file that the process itself can always read, and it says another one at once when
 * the parent ends, be it that nobody waits for the parent. That decides. Only a child that was started through a wrapper script, and
 * so was never the parent's own, has to look at the parent, which it cannot do if {@code /proc} hides other users' processes
 * ({@code hidepid}, man 5 proc).
 */
abstract class ParentWatch {
    private static final int OWNER = 1; // of the fields behind the name (man 5 proc, /proc/PID/stat)

    /**
     * Watches a parent.
     *
     * @param pid number of its process
     * @param started when that began, as {@link ProcFiles#startTime(long)} says it
     */
    static ParentWatch of(long pid, long started) {
        return of(ProcFiles.PROC, ProcessHandle.current().pid(), pid, started);
    }

    /** Watches a parent of a process that says below a directory what it is. */
    static ParentWatch of(Path proc, long self, long pid, long started) {
        try {
            StatFile own = StatFile.open(proc, self);
            return owner(own) == pid ? new OfOwnFile(own, pid) : new OfParentsFile(StatFile.open(proc, pid), started);
        } catch (IOException e) {
            return new Gone();
        }
    }

    abstract boolean isThere();

    private static long owner(StatFile own) throws IOException {
        return Long.parseLong(ProcFiles.fieldsBehindName(own.read())[OWNER]);
    }

    private static final class OfOwnFile extends ParentWatch {
        private final StatFile own;
        private final long parent;

        OfOwnFile(StatFile own, long parent) {
            this.own = own;
            this.parent = parent;
        }

        @Override
        boolean isThere() {
            try {
                return owner(own) == parent;
            } catch (IOException e) {
                return false; // of this process itself there always is one
            }
        }
    }

    private static final class OfParentsFile extends ParentWatch {
        private final StatFile parent;
        private final long started;

        OfParentsFile(StatFile parent, long started) {
            this.parent = parent;
            this.started = started;
        }

        @Override
        boolean isThere() {
            try {
                return ProcFiles.startTime(parent.read()).equals(OptionalLong.of(started));
            } catch (IOException e) {
                return false; // ESRCH: there is no such process any more
            }
        }
    }

    /** It is gone, or hidden from a child that is not its own. */
    private static final class Gone extends ParentWatch {
        @Override
        boolean isThere() {
            return false;
        }
    }
}
