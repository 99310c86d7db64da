package io.github.jettympm.supervisor;

/** How a pool of children ended. */
public enum StopResult {
    /** Every child ended by itself, having finished what it had begun. */
    GRACEFUL,

    /** At least one child had to be killed at the end of the drain timeout. */
    FORCED
}
