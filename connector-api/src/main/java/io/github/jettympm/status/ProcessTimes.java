package io.github.jettympm.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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
    private static final Path PROC = Path.of("/proc");
    private static final String RESIDENT = "VmRSS:";
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
        Path process = PROC.resolve(Long.toString(pid));
        try {
            return parse(
                    Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1),
                    Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1));
        } catch (IOException | NumberFormatException e) {
            return NONE; // it has ended, or there is no such file on this system
        }
    }

    /** The name is in brackets and may have any in it. */
    static ProcessTimes parse(String stat, List<String> status) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= SYSTEM_TICKS) {
            return NONE;
        }
        return new ProcessTimes(ticks(fields[USER_TICKS]), ticks(fields[SYSTEM_TICKS]), resident(status));
    }

    private static Duration ticks(String number) {
        return Duration.ofMillis(Long.parseLong(number) * MILLIS_PER_TICK);
    }

    private static long resident(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).strip().split(" ")[0])
                .mapToLong(Long::parseLong)
                .map(kilobytes -> kilobytes * BYTES_PER_KB)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
