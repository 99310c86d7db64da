package io.github.jettympm.child;

import java.util.Optional;

/**
 * Sees whether the parent is still there.
 *
 * <p>Two signs, since each alone fails: a process that was killed but not yet waited for counts as alive, though its
 * children already belong to another process; and a child started through a wrapper script never belonged to the parent
 * directly.
 */
final class ParentWatch {
    private final Optional<ProcessHandle> parent;
    private final boolean direct;

    private ParentWatch(Optional<ProcessHandle> parent, boolean direct) {
        this.parent = parent;
        this.direct = direct;
    }

    static ParentWatch of(long pid) {
        return new ParentWatch(ProcessHandle.of(pid), ownerPid() == pid);
    }

    boolean isThere() {
        boolean alive = parent.isPresent() && parent.get().isAlive();
        return alive && (!direct || ownerPid() == parent.get().pid());
    }

    private static long ownerPid() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
    }
}
