package io.github.jettympm.event;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.endpoint.IdleConnections;
import io.github.jettympm.endpoint.RequestMarker;
import io.github.jettympm.endpoint.RequestsInFlight;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.ThreadPoolBudget;

/** Spreads connections over event loops; the first loop also accepts them. */
final class EventEngine implements ConnectionEngine, Acceptor.Door {
    private final ConnectionEvents events;
    private final int loopCount;
    private final LoopExecutor executor; // null if the connector's own is no pool
    private final String name;
    private final RequestWorkers workers;
    private final Admission admission;
    private final Watcher watcher;
    private final IdleConnections idleConnections;
    private final Runnable onClosed = this::closed;
    private final List<EventLoop> loops = new ArrayList<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean draining;
    private volatile ServerThreads threads; // null before the start
    private ThreadPoolBudget.Lease lease;
    private Acceptor acceptor;
    private int next; // of the accepting loop alone

    EventEngine(ConnectionEvents events, int loopCount, LoopExecutor executor, AdmissionGate gate, String name) {
        this.events = events;
        this.loopCount = loopCount;
        this.executor = executor;
        this.name = name;
        this.workers = new RequestWorkers(
                gate.maxRequestWorkers(),
                this::roomMade,
                idle -> events.servingThreads(gate.maxRequestWorkers(), idle));
        this.admission = new Admission(gate, workers);
        this.watcher = new Watcher(name + "-watch");
        this.idleConnections = new IdleConnections(events.connector());
    }

    @Override
    public void start(ServerSocketChannel channel, boolean accepting) throws IOException {
        channel.configureBlocking(false);
        HttpConnections.load();
        RequestMarker.mark(events.connector());
        threads = new ServerThreads(events.connector().getExecutor());
        if (!threads.isVirtual()) {
            lease = ThreadPoolBudget.leaseFrom(events.connector().getExecutor(), this, loopCount);
        }
        for (int i = 0; i < loopCount; i++) {
            loops.add(new EventLoop(name + "-" + i + "-loop", threads, watcher, workers, this::selectorLost));
        }
        if (executor != null && !threads.isVirtual()) {
            executor.serve(loops);
        }
        EventLoop first = loops.get(0);
        acceptor = new Acceptor(channel, first, events.connector().getScheduler(), this);
        watcher.start();
        loops.forEach(EventLoop::start);
        acceptor.setAccepting(accepting);
        first.execute(acceptor::register);
        if (workers.isBounded()) {
            events.servingThreads(workers.most(), workers.idle());
        } else {
            events.servingThreads(loopCount, loopCount); // whatever runs, they take connections
        }
    }

    @Override
    public boolean hasRoom() {
        return admission.hasRoom();
    }

    @Override
    public void makeRoom() {
        admission.makeRoom(events.connector().getConnectedEndPoints().stream());
    }

    @Override
    public void enter(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            events.accepted(channel);
        } catch (IOException | RuntimeException | Error e) {
            events.acceptFailed(channel, e);
            IO.close(channel);
            return;
        }
        admission.opened();
        EventLoop loop = loops.get(Math.floorMod(next++, loops.size()));
        loop.execute(() -> new EventEndPoint(channel, events, loop, onClosed).register());
    }

    private void selectorLost(EventLoop loop) {
        for (EndPoint endPoint : List.copyOf(events.connector().getConnectedEndPoints())) {
            if (((EventEndPoint) endPoint).loop() == loop) {
                endPoint.close();
            }
        }
        if (loop == loops.get(0)) {
            acceptor.register();
        }
    }

    private void closed() {
        admission.closed();
        roomMade();
        if (draining) {
            noteWhetherDrained();
        }
    }

    private void noteWhetherDrained() {
        if (admission.connections() == 0) {
            drained.complete(null);
        }
    }

    private void roomMade() {
        acceptor.roomMade();
    }

    @Override
    public void setAccepting(boolean accepting) {
        acceptor.setAccepting(accepting);
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
    public int waitingConnections() {
        return RequestsInFlight.waiting(events.connector());
    }

    @Override
    public int idleThreads() {
        ServerThreads current = threads;
        return current == null ? 0 : current.idle();
    }

    @Override
    public CompletableFuture<Void> drained() {
        loops.get(0)
                .execute(
                        () -> { // after what it is accepting
                            draining = true;
                            noteWhetherDrained();
                        });
        return drained;
    }

    @Override
    public void stop(Duration limit) throws InterruptedException {
        idleConnections.stop();
        for (EndPoint endPoint : List.copyOf(events.connector().getConnectedEndPoints())) {
            ((EventEndPoint) endPoint).progress().end();
        }
        for (EventLoop loop : loops) {
            loop.stop();
        }
        watcher.stop();
        if (executor != null) {
            executor.serve(List.of());
        }
        if (lease != null) {
            IO.close(lease);
        }
    }
}
