package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ProcFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills children that somebody has stopped, with SIGSTOP say: such a child answers nobody, and the kernel goes on to wake it for
 * connections that it does not take. The kernel is asked and not the child, so one that is only slow is never mistaken for
 * one that is stopped; one that a debugger holds is in another state.
 */
final class Stoppage {
    /** Looks in a row, a second apart, that have to find it stopped: a terminal stops and continues parent and children together. */
    static final int LOOKS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Stoppage.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String STOPPED = "T"; // man 5 proc, /proc/PID/stat; 't' is one that a debugger holds

    private boolean ever;
    private long last;

    void look(List<ChildHandle> children, long now) {
        if (ever && now - last < PERIOD.toNanos()) {
            return;
        }
        ever = true;
        last = now;
        children.forEach(Stoppage::look);
    }

    private static void look(ChildHandle child) {
        if (child.noteStopped(isStopped(child.process().pid())) == LOOKS) {
            LOG.warn("{} has been stopped for {} s, as by SIGSTOP, and is killed", child, LOOKS);
            child.kill("it was stopped for " + LOOKS + " s");
        }
    }

    private static boolean isStopped(long pid) {
        try {
            return isStopped(ProcFiles.stat(pid));
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    static boolean isStopped(String stat) {
        return ProcFiles.fieldsBehindName(stat)[0].equals(STOPPED);
    }
}
