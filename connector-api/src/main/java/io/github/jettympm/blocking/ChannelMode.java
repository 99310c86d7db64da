package io.github.jettympm.blocking;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/**
 * Whether a channel is in blocking mode, and whether a thread is in a system call on it: its mode cannot be changed
 * meanwhile, since that would wait for the call to return.
 */
final class ChannelMode {
    private final SocketChannel channel;
    private boolean reading; // guarded by this
    private boolean writing; // guarded by this
    private boolean waiting; // guarded by this
    private volatile boolean nonBlocking;

    /** What came of an attempt to change the mode. */
    enum Change {
        /** The channel is in non-blocking mode now. */
        CHANGED,
        /** It was before. */
        NOTHING_TO_DO,
        /** A thread reads, and will see to what was asked for when it returns. */
        READING,
        /** A thread writes, for as long as the client likes. */
        WRITING
    }

    ChannelMode(SocketChannel channel) {
        this.channel = channel;
    }

    boolean isNonBlocking() {
        return nonBlocking;
    }

    /**
     * Waits until no other thread reads. Has to be followed by {@link #endRead()} if it is true; false in non-blocking mode.
     */
    synchronized boolean beginRead() {
        if (reading) {
            awaitWhile(() -> reading);
        }
        reading = !nonBlocking;
        return reading;
    }

    synchronized void endRead() {
        reading = false;
        wakeThoseWhoWait();
    }

    /** Waits until no thread is in a system call on the channel. */
    synchronized void awaitUnused() {
        awaitWhile(() -> reading || writing);
    }

    private void awaitWhile(BooleanSupplier used) {
        boolean interrupted = false;
        while (used.getAsBoolean()) {
            try {
                waiting = true;
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeThoseWhoWait() {
        if (waiting) {
            waiting = false;
            notifyAll();
        }
    }

    synchronized boolean isReading() {
        return reading;
    }

    /** Has to be followed by {@link #endWrite()} if it is true; false in non-blocking mode. */
    synchronized boolean beginWrite() {
        writing = !nonBlocking;
        return writing;
    }

    synchronized void endWrite() {
        writing = false;
        wakeThoseWhoWait();
    }

    synchronized boolean isWriting() {
        return writing;
    }

    /** Leaves blocking mode for good. */
    synchronized Change leaveBlocking() throws IOException {
        if (nonBlocking) {
            return Change.NOTHING_TO_DO;
        }
        if (reading) {
            return Change.READING;
        }
        if (writing) {
            return Change.WRITING;
        }
        channel.configureBlocking(false);
        nonBlocking = true;
        return Change.CHANGED;
    }
}
