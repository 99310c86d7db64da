package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ProcFiles;
import java.io.IOException;
import java.util.List;

/** How much memory another process has. */
final class ProcessMemory {
    private static final int KB_PER_MB = 1024;

    private ProcessMemory() {}

    /** Resident memory in megabytes (man 5 proc, /proc/PID/status), 0 if it cannot be told. */
    static long residentMegabytes(long pid) {
        try {
            return parse(ProcFiles.status(pid));
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    static long parse(List<String> status) {
        return ProcFiles.residentKilobytes(status).orElse(0) / KB_PER_MB;
    }
}
