package io.github.jettympm.event;

import java.nio.channels.SelectionKey;

/**
 * What a connection waits for at its loop, and what its key is armed for. Both are the same for writing. The key stays armed
 * for reading while a request runs, although nobody waits for bytes then: as a rule none come before the response is written,
 * and then neither the key has to be changed nor the loop to be woken up, which would cost each request that runs elsewhere
 * four system calls.
 *
 * <pre>
 *                 bytes come
 *   AWAITED -------------------------&gt; ARMED --- bytes come, untimely ---&gt; DISARMED
 *      ^                                 |                                    |
 *      +---------------------------------+------------------------------------+
 *        somebody waits: costs nothing                the loop is woken up
 * </pre>
 *
 * <p>A connection whose bytes come while nobody waits for them (pipelining, the content of a request) is disarmed, and
 * the next time beforehand. Any thread may call any method.
 */
final class KeyInterest {
    private SelectionKey key;
    private byte awaited; // one octet each: there is one of these for each connection
    private byte armed;
    private boolean wary;

    /** Takes the key of the connection, which is armed for nothing. */
    synchronized void attach(SelectionKey newKey) {
        key = newKey;
    }

    /**
     * Waits for an operation, until {@link #take} reports it.
     *
     * @param operation {@link SelectionKey#OP_READ} or {@link SelectionKey#OP_WRITE}
     * @return whether the loop has to be woken up for it to take effect
     * @throws java.nio.channels.CancelledKeyException if the connection is closed
     */
    synchronized boolean await(int operation) {
        awaited = (byte) (awaited | operation);
        boolean change = (armed & operation) == 0;
        if (change) {
            arm(armed | operation);
        }
        return change;
    }

    /**
     * Takes what somebody waits for of what has come. Called by the loop's holder for a selected key.
     *
     * @return operations, 0 if nobody waits for any of them now
     * @throws java.nio.channels.CancelledKeyException if the connection is closed
     */
    synchronized int take() {
        int ready = key.readyOps();
        int timely = ready & awaited;
        awaited = (byte) (awaited & ~timely);
        int disarmed = ready;
        boolean untimely = ready != timely;
        if (!untimely && !wary) {
            disarmed &= ~SelectionKey.OP_READ;
        }
        wary = untimely;
        if (disarmed != 0) {
            arm(armed & ~disarmed);
        }
        return timely;
    }

    private void arm(int operations) {
        armed = (byte) operations;
        key.interestOps(operations);
    }
}
