package io.github.jettympm.endpoint;

import java.util.concurrent.locks.LockSupport;

/**
 * The thread that was told that it can read from a connection, until it comes back.
 *
 * <p>Jetty has another thread answer a malformed request of HTTP/1, and goes on with the connection on a third one when that is
 * done, which may be before the first one has come back ({@code HttpConnection.RequestHandler.badMessage}, Jetty 12.1.14).
 * Then two threads use the buffer of the connection, and one of them gives it back to the pool, from which another
 * connection takes it. So who answers waits here for who has read.
 */
final class ReadingThread {
    private volatile Thread reading;
    private volatile Thread waiting; // one at a time writes

    /** Called by the thread that begins to read. */
    void begins() {
        reading = Thread.currentThread();
    }

    /** Called by the thread that comes back; another one may have begun since it asked for more. */
    void ends() {
        if (reading == Thread.currentThread()) {
            reading = null;
            Thread waits = waiting;
            if (waits != null) {
                LockSupport.unpark(waits);
            }
        }
    }

    /** Waits until the thread that reads has come back; at once if it is the calling one. */
    void awaitEnd() {
        if (isAnotherOne()) {
            boolean interrupted = false;
            waiting = Thread.currentThread();
            while (isAnotherOne()) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            waiting = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isAnotherOne() {
        Thread reader = reading;
        return reader != null && reader != Thread.currentThread();
    }
}
