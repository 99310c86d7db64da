package io.github.jettympm;

/** What a connector does in the process it finds itself in. */
enum ProcessRole {
    /** It accepts and serves connections here, as a stock connector does. */
    IN_PROCESS,

    /** It opens the port and keeps children, which accept and serve. */
    PARENT,

    /** It accepts and serves connections from its parent's listening socket. */
    CHILD
}
