package io.github.jettympm.endpoint;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that a process is out of descriptors or memory; connections wait in the kernel's queue meanwhile. Called by one
 * thread at a time, the one that accepts.
 */
public final class AcceptFailures {
    /** Long enough not to spin while it lasts, short enough not to be felt afterwards. */
    public static final Duration BACK_OFF = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);

    /** One that got the last descriptor is not the end of it: so many in a row are. */
    private static final int PROOF = 16;

    private boolean failing;
    private int acceptedInARow;

    /** Makes one that has heard of no failure. */
    public AcceptFailures() {}

    /** Hears of a connection that was accepted. */
    public void accepted() {
        if (failing && ++acceptedInARow >= PROOF) {
            failing = false;
        }
    }

    /**
     * Hears of a failure, after which the caller tries again in {@link #BACK_OFF}.
     *
     * @param failure what the operating system says
     */
    public void failed(IOException failure) {
        if (!failing) {
            LOG.warn(
                    "cannot accept connections: {}; trying again every {} ms (raise the limit of open files if it says so)",
                    failure.getMessage(),
                    BACK_OFF.toMillis());
        }
        failing = true;
        acceptedInARow = 0;
    }
}
