package io.github.jettympm.event;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections at an event loop. All but {@link #setAccepting} is called by the loop's thread. */
final class Acceptor implements EventLoop.Selected {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /** So that a storm of new connections does not keep the loop from the old ones. */
    private static final int MOST_PER_TURN = 64;

    /** Long enough not to spin while the process is out of descriptors, short enough not to be felt afterwards. */
    private static final Duration BACK_OFF = Duration.ofMillis(100);

    private final ServerSocketChannel channel;
    private final EventLoop loop;
    private final Scheduler scheduler;
    private final Consumer<SocketChannel> connections;
    private SelectionKey key;
    private boolean accepting = true;
    private boolean failing;

    Acceptor(ServerSocketChannel channel, EventLoop loop, Scheduler scheduler, Consumer<SocketChannel> connections) {
        this.channel = channel;
        this.loop = loop;
        this.scheduler = scheduler;
        this.connections = connections;
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
        loop.execute(() -> {
            accepting = accept;
            listen();
        });
    }

    private void listen() {
        if (key != null && key.isValid()) {
            key.interestOps(accepting ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    @Override
    public Runnable onSelected() {
        for (int i = 0; i < MOST_PER_TURN && accepting; i++) {
            SocketChannel accepted = tryAccept();
            if (accepted == null) {
                return null;
            }
            connections.accept(accepted);
        }
        return null;
    }

    @Override
    public void onDispatchFailed(RuntimeException cause) {
        LOG.warn("a connection was lost while it was accepted; accepting goes on", cause);
    }

    private SocketChannel tryAccept() {
        try {
            SocketChannel accepted = channel.accept();
            failing = false;
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
        if (!failing) {
            LOG.warn(
                    "cannot accept connections: {}; trying again every {} ms (raise the limit of open files if it says so)",
                    failure.getMessage(),
                    BACK_OFF.toMillis());
            failing = true;
        }
        key.interestOps(0);
        scheduler.schedule(() -> loop.execute(this::listen), BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
    }
}
