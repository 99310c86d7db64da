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
 * @param killedSince why its parent has killed it, if that has
 * @param explanation what it left to say, such as the report of a virtual machine that crashed
 */
record Ending(
        String child,
        Duration age,
        long connections,
        Optional<String> request,
        int status,
        boolean asked,
        Optional<String> killedSince,
        Optional<String> explanation) {
    /** A Java virtual machine that ends in good order because of SIGTERM has this status. */
    static final int TERMINATED = ExitStatus.ofSignal(15);

    private static final String UNEXPLAINED = "; its messages say why";
    private static final int KILLED = ExitStatus.ofSignal(9);

    /** The line that says it, without what is done about it. */
    @Override
    public String toString() {
        return child + " ended after " + age.toSeconds() + " s and " + connections + " connections" + cause()
                + request.map(it -> ", while it served " + it).orElse("") + explained();
    }

    /** Before a child was ready it had no connections, and it is killed when it should end. */
    String beforeItWasReady() {
        String begin = child + " ended after " + age.toSeconds() + " s";
        return isKilledByParent()
                ? begin + " before it was ready" + cause()
                : begin + cause() + " before it was ready"
                        + (explanation.isEmpty() && !asked ? UNEXPLAINED : explained());
    }

    private String explained() {
        return explanation.map(it -> ": " + it).orElse("");
    }

    /** It may have ended by itself just before. */
    private boolean isKilledByParent() {
        return killedSince.isPresent() && status == KILLED;
    }

    private String cause() {
        if (isKilledByParent()) {
            return ", killed by its parent, since " + killedSince.get();
        }
        if (asked && (status == TERMINATED || status == ExitStatus.RETIRED.code())) {
            return " as it was asked to";
        }
        String words = ExitStatus.describe(status);
        if (!asked && status == ExitStatus.RETIRED.code()) {
            return " with status 0 although nobody asked it to; does an application call System.exit?";
        }
        return ExitStatus.isSignal(status) ? ", killed by " + words : " with " + words;
    }
}
