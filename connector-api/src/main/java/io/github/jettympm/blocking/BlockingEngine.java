package io.github.jettympm.blocking;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.endpoint.IdleConnections;
import io.github.jettympm.endpoint.ReadDeadlines;
import io.github.jettympm.endpoint.RequestMarker;
import io.github.jettympm.endpoint.RequestsInFlight;
import io.github.jettympm.settings.ThreadSettings;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.VirtualThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves each connection with a thread of its own: the engine of worker, and, with a single thread, of a prefork child.
 */
public final class BlockingEngine implements ConnectionEngine {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingEngine.class);

    private final ConnectionEvents events;
    private final ThreadSettings settings;
    private final String name;
    private final boolean oneAtATime;
    private final Detachment detachment;
    private final ReadDeadlines deadlines;
    private final IdleConnections idleConnections;
    private AcceptTurn turn;
    private ServingThreads threads;

    private BlockingEngine(ConnectionEvents events, ThreadSettings settings, String name, boolean oneAtATime) {
        this.events = events;
        this.settings = settings;
        this.name = name;
        this.oneAtATime = oneAtATime;
        this.detachment = new Detachment(events.connector());
        this.deadlines = new ReadDeadlines(events.connector(), events.keepAlive());
        this.idleConnections = new IdleConnections(events.connector());
    }

    /**
     * An engine with a thread per connection.
     *
     * @param events what to tell of connections
     * @param settings how many threads
     * @param name what the names of the threads begin with
     * @return an engine that is not started
     */
    public static BlockingEngine threadPerConnection(ConnectionEvents events, ThreadSettings settings, String name) {
        return new BlockingEngine(events, settings, name, false);
    }

    /**
     * An engine that takes a connection only when the one before is closed, whichever thread served it in the end.
     *
     * @param events what to tell of connections
     * @param prefix what the names of the properties begin with
     * @param name what the name of the thread begins with
     * @return an engine that is not started
     */
    public static BlockingEngine oneConnectionAtATime(ConnectionEvents events, String prefix, String name) {
        return new BlockingEngine(events, ThreadSettings.single(prefix), name, true);
    }

    @Override
    public void start(ServerSocketChannel channel, boolean accepting) throws IOException {
        channel.configureBlocking(true);
        RequestMarker.mark(events.connector());
        deadlines.start();
        turn = new AcceptTurn(channel);
        turn.setAccepting(accepting);
        threads = new ServingThreads(settings, starter(), turn, this::serve, events::servingThreads);
        threads.start();
    }

    private Executor starter() {
        return settings.virtual()
                ? VirtualThreads.getNamedVirtualThreadsExecutor(name + "-serve-")
                : ServingThreads.platformThreads(name);
    }

    private void serve(SocketChannel channel) {
        BlockingEndPoint endPoint;
        try {
            events.accepted(channel);
            endPoint = new BlockingEndPoint(channel, events, detachment);
        } catch (IOException | RuntimeException | Error e) {
            events.acceptFailed(channel, e);
            IO.close(channel);
            return;
        }
        try {
            endPoint.serve();
            if (oneAtATime) {
                endPoint.awaitClosed();
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted while {} was open", endPoint, e);
        } catch (Throwable e) {
            LOG.warn("serving {} failed", endPoint, e); // as a thread of Jetty's pool, this one serves on
        }
    }

    @Override
    public CompletableFuture<Void> requestsComplete() {
        return RequestsInFlight.complete(events.connector());
    }

    @Override
    public void endIdle(long idle) {
        idleConnections.end(idle);
    }

    @Override
    public CompletableFuture<Void> drained() {
        return threads.drained();
    }

    @Override
    public void setAccepting(boolean accepting) {
        turn.setAccepting(accepting);
    }

    @Override
    public int waitingConnections() {
        return RequestsInFlight.waiting(events.connector());
    }

    @Override
    public int idleThreads() {
        return spareThreads();
    }

    /**
     * Threads of this engine.
     *
     * @return 0 before it is started
     */
    public int threads() {
        return threads == null ? 0 : threads.total();
    }

    /**
     * Threads that wait for a connection.
     *
     * @return 0 before the engine is started
     */
    public int spareThreads() {
        return threads == null ? 0 : threads.spare();
    }

    @Override
    public void stop(Duration limit) throws InterruptedException {
        turn.stop();
        deadlines.stop();
        idleConnections.stop();
        for (EndPoint endPoint : List.copyOf(events.connector().getConnectedEndPoints())) {
            ((BlockingEndPoint) endPoint).end();
        }
        threads.stop(limit);
        detachment.stop();
    }
}
