package io.github.jettympm.child;

import io.github.jettympm.protocol.ProcFiles;
import io.github.jettympm.protocol.StatFile;
import java.io.IOException;
import java.util.Optional;

/**
 * Sees whether the parent is still there.
 *
 * <p>Two signs, since each alone fails: a process that was killed but not yet waited for counts as alive, though its
 * children already belong to another process; and a child started through a wrapper script never belonged to the parent
 * directly. On Linux both are read from files that stay open: a child that has no descriptor left would otherwise find no parent, and end
 * with all its connections.
 */
abstract class ParentWatch {
    private static final String ZOMBIE = "Z"; // man 5 proc, /proc/PID/stat
    private static final int STATE = 0;
    private static final int OWNER = 1;

    static ParentWatch of(long pid) {
        try {
            return new OfOpenFiles(pid);
        } catch (IOException e) {
            return new OfHandles(pid); // it is gone, or this is not Linux
        }
    }

    abstract boolean isThere();

    private static final class OfOpenFiles extends ParentWatch {
        private final long pid;
        private final StatFile parent;
        private final StatFile own;
        private final boolean direct;

        OfOpenFiles(long pid) throws IOException {
            this.pid = pid;
            this.parent = StatFile.open(pid);
            this.own = StatFile.open(ProcessHandle.current().pid());
            this.direct = owner() == pid;
        }

        @Override
        boolean isThere() {
            try {
                boolean alive = !ProcFiles.fieldsBehindName(parent.read())[STATE].equals(ZOMBIE);
                return alive && (!direct || owner() == pid);
            } catch (IOException e) {
                return false; // ESRCH: there is no such process any more
            }
        }

        private long owner() throws IOException {
            return Long.parseLong(ProcFiles.fieldsBehindName(own.read())[OWNER]);
        }
    }

    private static final class OfHandles extends ParentWatch {
        private final Optional<ProcessHandle> parent;
        private final boolean direct;

        OfHandles(long pid) {
            this.parent = ProcessHandle.of(pid);
            this.direct = owner() == pid;
        }

        @Override
        boolean isThere() {
            boolean alive = parent.isPresent() && parent.get().isAlive();
            return alive && (!direct || owner() == parent.get().pid());
        }

        private static long owner() {
            return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
        }
    }
}
