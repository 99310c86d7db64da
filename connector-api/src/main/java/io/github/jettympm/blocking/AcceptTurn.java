package io.github.jettympm.blocking;

import io.github.jettympm.endpoint.AcceptFailures;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one serving thread at a time wait for a connection; the others of this process wait for their turn. So a
 * connection is taken from the kernel's queue only when a thread is free to serve it.
 */
final class AcceptTurn {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptTurn.class);

    private final ServerSocketChannel channel;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final Condition changed = state.newCondition();
    private boolean accepting = true;
    private boolean stopped;
    private final AcceptFailures failures = new AcceptFailures();

    AcceptTurn(ServerSocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for a connection.
     *
     * @return the connection, or null once the listening socket is closed
     */
    SocketChannel accept() {
        turn.lock();
        try {
            while (awaitAccepting()) {
                SocketChannel accepted = tryAccept();
                if (accepted != null) {
                    return accepted;
                }
            }
            return null;
        } finally {
            turn.unlock();
        }
    }

    private SocketChannel tryAccept() {
        try {
            Thread.interrupted(); // a request may have left it set, and it would close the listening socket
            SocketChannel accepted = channel.accept();
            failures.accepted();
            return accepted;
        } catch (ClosedChannelException e) {
            stop();
        } catch (IOException e) {
            backOff(e);
        }
        return null;
    }

    /** Out of descriptors or memory: connections wait in the kernel's queue meanwhile, so it is said once and survived. */
    private void backOff(IOException failure) {
        failures.failed(failure);
        state.lock();
        try {
            if (!stopped) {
                changed.awaitNanos(AcceptFailures.BACK_OFF.toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted while backing off; trying at once", e);
        } finally {
            state.unlock();
        }
    }

    private boolean awaitAccepting() {
        state.lock();
        try {
            while (!accepting && !stopped && channel.isOpen()) {
                changed.awaitUninterruptibly();
            }
            return !stopped && channel.isOpen();
        } finally {
            state.unlock();
        }
    }

    /** Lets threads accept, or makes them wait, unless the channel is closed; the one that is accepting now takes one connection more. */
    void setAccepting(boolean accept) {
        state.lock();
        try {
            accepting = accept;
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /** Sends all waiting threads away. The channel has to be closed, too, for the one that is accepting. */
    void stop() {
        state.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }
}
