package io.github.jettympm.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory another process has. */
final class ProcessMemory {
    private static final String RESIDENT = "VmRSS:";
    private static final int KB_PER_MB = 1024;

    private ProcessMemory() {}

    /** Resident memory in megabytes (man 5 proc, /proc/PID/status), 0 if it cannot be told. */
    static long residentMegabytes(long pid) {
        try {
            return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    static long parse(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).strip().split(" ")[0])
                .mapToLong(Long::parseLong)
                .map(kilobytes -> kilobytes / KB_PER_MB)
                .findFirst()
                .orElse(0);
    }
}
