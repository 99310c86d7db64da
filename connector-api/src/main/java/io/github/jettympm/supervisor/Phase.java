package io.github.jettympm.supervisor;

/** What a child does, as far as it matters for how many children there are to be. */
enum Phase {
    /** It boots, and will be idle soon. */
    STARTING,

    /** It waits for a connection. */
    IDLE,

    /** It has a connection. */
    BUSY,

    /** It finishes what it has begun, and is gone then. */
    ENDING
}
