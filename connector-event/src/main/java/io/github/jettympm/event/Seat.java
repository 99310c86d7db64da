package io.github.jettympm.event;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds a loop: a thread of the server's pool, or, when the pool has none, a stand-in.
 *
 * <pre>
 *               a thread takes it
 *   VACANT -----------------------&gt; HELD
 *      ^                              |  its request is seen to be stuck (watcher),
 *      |                              |  its request is about to block (says so),
 *      +------------------------------+  or it is a stand-in, and the pool has a thread again
 * </pre>
 *
 * <p>Whoever vacates it asks the pool for the next one. A pool whose threads are all blocked has none, and they may be
 * blocked for want of what the loop would tell them; so a seat that stays vacant for {@value #MOST_VACANT_TICKS} ticks
 * of the watcher gets a thread of its own, which runs no requests and leaves as soon as the pool has a thread again.
 */
final class Seat implements Watcher.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(Seat.class);

    /** 10 ms: a pool that has threads needs less than that, even on a busy machine. */
    static final int MOST_VACANT_TICKS = 20;

    private final String name;
    private final ServerThreads threads;
    private final InlinePolicy policy;
    private final Consumer<Tenure> loop;
    private final Runnable candidate = () -> hold(false);
    private final AtomicReference<Tenure> holder = new AtomicReference<>();
    private int vacantTicks; // of the watcher's thread

    /**
     * A seat that is vacant.
     *
     * @param name name of a stand-in's thread
     * @param threads who may take it
     * @param policy hears of requests that were stuck
     * @param loop what a thread does as long as its tenure lasts
     */
    Seat(String name, ServerThreads threads, InlinePolicy policy, Consumer<Tenure> loop) {
        this.name = name;
        this.threads = threads;
        this.policy = policy;
        this.loop = loop;
    }

    /** Finds someone for the vacant seat. Any thread may call it. */
    void fill() {
        try {
            if (threads.isVirtual()) {
                standIn();
            } else if (!threads.tryExecute(candidate)) {
                threads.execute(candidate);
            }
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter if no thread can be started
            LOG.debug("no thread for {} now, the watcher looks for one", name, e);
        }
    }

    private void standIn() {
        Thread thread = new Thread(() -> hold(true), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void hold(boolean standIn) {
        Tenure tenure = new Tenure(standIn);
        if (holder.compareAndSet(null, tenure)) {
            try {
                loop.accept(tenure);
            } catch (Throwable e) {
                LOG.warn("{} lost its thread; another one goes on", name, e);
                leave(tenure);
            }
        }
    }

    private void leave(Tenure tenure) {
        if (holder.compareAndSet(tenure, null)) {
            fill();
        }
    }

    /**
     * Gives the seat to a thread of the pool. Called by the holder, outside a request.
     *
     * @param tenure the caller's
     * @return false if there is no thread for it at the moment, so that the caller still holds it
     */
    boolean handOver(Tenure tenure) {
        tenure.lose();
        holder.set(null);
        return threads.tryExecute(candidate) || !reclaim(tenure);
    }

    /** Takes the seat again if nobody has come for it yet; says whether the tenure lasts again. */
    private boolean reclaim(Tenure tenure) {
        tenure.regain();
        if (holder.compareAndSet(null, tenure)) {
            return true;
        }
        tenure.lose();
        return false;
    }

    /** Lets another thread go on with the loop if the calling thread is the holder and in a request. */
    void aboutToBlock() {
        Tenure current = holder.get();
        if (current != null && current.loseIfInRequest()) {
            holder.set(null);
            fill();
        }
    }

    @Override
    public boolean watch() {
        Tenure current = holder.get();
        if (current == null) {
            watchVacancy();
            return true;
        }
        vacantTicks = 0;
        Tenure.Look look = current.look();
        if (look == Tenure.Look.STUCK && current.loseIfStuck()) {
            policy.wasStuck();
            holder.set(null);
            fill();
        }
        return look != Tenure.Look.IDLE;
    }

    private void watchVacancy() {
        if (++vacantTicks % MOST_VACANT_TICKS == 0) {
            standIn();
        }
    }

    @Override
    public String toString() {
        Tenure current = holder.get();
        return name
                + (current == null
                        ? " (vacant)"
                        : " held by " + current.thread().getName());
    }
}
