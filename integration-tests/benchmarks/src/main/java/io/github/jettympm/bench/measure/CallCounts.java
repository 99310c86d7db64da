package io.github.jettympm.bench.measure;

import java.util.OptionalLong;

/** Reads what perf and strace print about system calls. */
final class CallCounts {
    private static final int STRACE_CALLS = 3;

    private CallCounts() {}

    /** The output of {@code perf stat -x,} for one event; empty if it was not counted. */
    static OptionalLong ofPerf(String output) {
        return output.lines()
                .filter(line -> line.contains("raw_syscalls"))
                .map(line -> line.split(",")[0])
                .filter(count -> count.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** The calls of the line {@code total} of {@code strace -c}: percent, seconds, microseconds per call, calls. */
    static OptionalLong ofStrace(String output) {
        return output.lines()
                .filter(line -> line.endsWith(" total"))
                .map(line -> line.strip().split("\\s+")[STRACE_CALLS])
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
