package io.github.jettympm.status;

import io.github.jettympm.protocol.ProcFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the kernel tells of a process (man 5 proc), be it another user's.
 *
 * @param user time spent in user mode
 * @param system time spent in the kernel
 * @param residentBytes memory that is resident; {@value #UNKNOWN} if unknown
 */
record ProcessTimes(Duration user, Duration system, long residentBytes) {
    static final long UNKNOWN = -1;

    private static final ProcessTimes NONE = new ProcessTimes(Duration.ZERO, Duration.ZERO, UNKNOWN);
    private static final int BYTES_PER_KB = 1024;

    /** USER_HZ, which Linux shows to programs whatever its own clock is (man 7 time). */
    private static final int MILLIS_PER_TICK = 10;

    /** Fields 14 and 15 of {@code stat}, counted from the one after the name, which is the third. */
    private static final int USER_TICKS = 14 - 3;

    private static final int SYSTEM_TICKS = 15 - 3;

    /**
     * Asks the kernel.
     *
     * @param pid number of the process, any number
     * @return zeros for a process that there is not
     */
    static ProcessTimes of(long pid) {
        try {
            return parse(ProcFiles.stat(pid), ProcFiles.status(pid));
        } catch (IOException | NumberFormatException e) {
            return NONE; // it has ended, or there is no such file on this system
        }
    }

    static ProcessTimes parse(String stat, List<String> status) {
        String[] fields = ProcFiles.fieldsBehindName(stat);
        if (fields.length <= SYSTEM_TICKS) {
            return NONE;
        }
        return new ProcessTimes(ticks(fields[USER_TICKS]), ticks(fields[SYSTEM_TICKS]), resident(status));
    }

    private static Duration ticks(String number) {
        return Duration.ofMillis(Long.parseLong(number) * MILLIS_PER_TICK);
    }

    private static long resident(List<String> status) {
        OptionalLong kilobytes = ProcFiles.residentKilobytes(status);
        return kilobytes.isPresent() ? kilobytes.getAsLong() * BYTES_PER_KB : UNKNOWN;
    }
}
