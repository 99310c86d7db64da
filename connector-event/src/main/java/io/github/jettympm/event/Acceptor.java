package io.github.jettympm.event;

import io.github.jettympm.endpoint.AcceptFailures;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections at an event loop. All but {@link #setAccepting} and {@link #roomMade} is called by the loop's holder.
 *
 * <pre>
 *                  no room for one more
 *   LISTENING --------------------------------------&gt; FULL: the listening socket is not in the poll set
 *      ^                                                |
 *      +------------------------------------------------+
 *        a connection closed, a worker became idle; else looked at every 100 ms
 * </pre>
 */
final class Acceptor implements EventLoop.Selected {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /** So that a storm of new connections does not keep the loop from the old ones. */
    private static final int MOST_PER_TURN = 64;

    private final ServerSocketChannel channel;
    private final EventLoop loop;
    private final Scheduler scheduler;
    private final Door door;
    private final Runnable accept = Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::accept);
    private SelectionKey key;
    private volatile boolean accepting = true;
    private final AcceptFailures failures = new AcceptFailures();
    private volatile boolean full;

    /** Where accepted connections go. */
    interface Door {
        /** Whether there is room for one more. */
        boolean hasRoom();

        /** Someone waits outside: lets the one who has been idle longest go, if there is one. */
        void makeRoom();

        /** Takes a connection. */
        void enter(SocketChannel connection);
    }

    Acceptor(ServerSocketChannel channel, EventLoop loop, Scheduler scheduler, Door door) {
        this.channel = channel;
        this.loop = loop;
        this.scheduler = scheduler;
        this.door = door;
    }

    void register() {
        try {
            key = loop.register(channel, this);
            listen();
        } catch (IOException e) {
            LOG.debug("closed before the first connection: {}", channel, e);
        }
    }

    /** Any thread may call it. */
    void setAccepting(boolean accept) {
        accepting = accept; // at once, since the loop may be accepting
        loop.execute(this::listen);
    }

    private void listen() {
        if (key != null && key.isValid()) {
            full = false;
            key.interestOps(accepting ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    /** There may be room again. Any thread may call it; it costs one read when there was room before. */
    void roomMade() {
        if (full) {
            full = false;
            loop.execute(this::listen);
        }
    }

    @Override
    public Runnable onSelected() {
        return accept;
    }

    @Override
    public boolean rest() {
        return false;
    }

    @Override
    public void onSelectedFailed(RuntimeException cause) {
        LOG.warn("the listening socket could not be looked at; accepting goes on", cause);
    }

    private void accept() {
        if (!door.hasRoom()) {
            waitForRoom();
            return;
        }
        for (int i = 0; i < MOST_PER_TURN && accepting && door.hasRoom(); i++) {
            SocketChannel accepted = tryAccept();
            if (accepted == null) {
                return;
            }
            door.enter(accepted);
        }
    }

    /** Only for someone who waits outside, which is known when the socket was selected, but not after one came in. */
    private void waitForRoom() {
        full = true;
        pause();
        if (door.hasRoom()) {
            roomMade(); // by whoever did not see yet that it was full
        } else {
            door.makeRoom();
        }
    }

    private void pause() {
        if (key.isValid()) {
            key.interestOps(0);
        }
        scheduler.schedule(() -> loop.execute(this::listen), AcceptFailures.BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
    }

    private SocketChannel tryAccept() {
        try {
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                failures.accepted();
            }
            return accepted;
        } catch (ClosedChannelException e) {
            LOG.debug("not accepting any more: {}", channel, e);
        } catch (IOException e) {
            backOff(e);
        }
        return null;
    }

    /** Out of descriptors or memory: connections wait in the kernel's queue meanwhile, so it is said once and survived. */
    private void backOff(IOException failure) {
        failures.failed(failure);
        pause();
    }
}
