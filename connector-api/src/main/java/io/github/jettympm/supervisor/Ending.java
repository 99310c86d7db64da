package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ExitStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * How a child ended, in words.
 *
 * @param child pid and slot
 * @param age how long it lived
 * @param connections how many it was given
 * @param status exit status of the process
 * @param request method, path and client of the request that it was serving
 * @param asked whether it was asked to end
 * @param crash what its virtual machine wrote, if that crashed
 */
record Ending(
        String child,
        Duration age,
        long connections,
        Optional<String> request,
        int status,
        boolean asked,
        Optional<CrashReport> crash) {
    private static final int SIGNAL_BASE = 128;

    /** A Java virtual machine that ends in good order because of SIGTERM has this status. */
    static final int TERMINATED = SIGNAL_BASE + 15;

    private static final int KILLED = SIGNAL_BASE + 9;

    /** The line that says it, without what is done about it. */
    @Override
    public String toString() {
        return child + " ended after " + age.toSeconds() + " s and " + connections + " connections" + cause()
                + request.map(it -> ", while it served " + it).orElse("")
                + crash.map(report -> ": " + report).orElse("");
    }

    /** Before a child was ready it had no connections, and it is killed when it should end. */
    String beforeItWasReady() {
        String cause = asked && status == KILLED ? ", killed since it should end" : cause();
        return child + " ended after " + age.toSeconds() + " s" + cause + " before it was ready"
                + crash.map(report -> ": " + report).orElse("");
    }

    private String cause() {
        if (asked && (status == TERMINATED || status == ExitStatus.RETIRED.code())) {
            return " as it was asked to";
        }
        String words = ExitStatus.describe(status);
        if (!asked && status == ExitStatus.RETIRED.code()) {
            return " with status 0 although nobody asked it to; does an application call System.exit?";
        }
        return status > SIGNAL_BASE ? ", killed by " + words : " with " + words;
    }
}
