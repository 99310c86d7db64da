package io.github.jettympm.bench.measure;

import java.util.Set;

/** What the processes of a server have used since they began. */
public record Usage(Set<Long> pids, long ticks, int threads, long voluntarySwitches, long involuntarySwitches) {
    /** USER_HZ, in which Linux reports to programs on every architecture that Jetty runs on. */
    static final double TICKS_PER_SECOND = 100;

    /** What was used since an earlier reading. */
    public Usage since(Usage before) {
        return new Usage(
                pids,
                ticks - before.ticks,
                threads,
                voluntarySwitches - before.voluntarySwitches,
                involuntarySwitches - before.involuntarySwitches);
    }

    /** Seconds of processor time. */
    public double cpuSeconds() {
        return ticks / TICKS_PER_SECOND;
    }

    /** Context switches of both kinds. */
    public long switches() {
        return voluntarySwitches + involuntarySwitches;
    }
}
