package io.github.jettympm.blocking;

import io.github.jettympm.settings.ThreadSettings;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that serve connections: each takes one, serves it to its end, and takes the next.
 *
 * <p>Threads that wait for a connection are spare. There are at least {@code minSpareThreads} of them as long as {@code
 * maxThreads} allows it, and a thread that would be one more than {@code maxSpareThreads} ends.
 */
final class ServingThreads {
    private static final Logger LOG = LoggerFactory.getLogger(ServingThreads.class);

    private final ThreadSettings settings;
    private final Executor starter;
    private final AcceptTurn turn;
    private final Consumer<SocketChannel> connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final ThreadCount count;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Set<Thread> threads = new HashSet<>(); // those that run already
    private final Set<Thread> ending = new HashSet<>(); // those that serve no more, until they are gone
    private int total;
    private int spare;
    private boolean stopping;
    private boolean refused;

    /** Hears how many threads there are. */
    interface ThreadCount {
        /** Called by a serving thread that takes a connection, ends one or ends itself; must not wait. */
        void changed(int total, int spare);
    }

    /**
     * Makes the threads' pool; {@link #start()} starts them.
     *
     * @param settings how many
     * @param starter starts a thread for each task
     * @param turn where connections come from
     * @param connections serves one connection; called by a serving thread
     * @param count hears how many threads there are
     */
    ServingThreads(
            ThreadSettings settings,
            Executor starter,
            AcceptTurn turn,
            Consumer<SocketChannel> connections,
            ThreadCount count) {
        this.settings = settings;
        this.starter = starter;
        this.turn = turn;
        this.connections = connections;
        this.count = count;
    }

    /** Starts threads of the platform, named {@code NAME-serve-1} and so on. */
    static Executor platformThreads(String name) {
        var started = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-serve-" + started.incrementAndGet());
            thread.setDaemon(true);
            thread.start();
        };
    }

    void start() {
        lock.lock();
        try {
            startMissing();
        } finally {
            lock.unlock();
        }
    }

    private void startMissing() {
        while (!stopping && spare < settings.minSpareThreads() && total < settings.maxThreads() && startOne()) {
            total++;
            spare++;
        }
        count.changed(total, spare);
    }

    /** Out of memory or threads: the ones that there are serve on, and the next that takes a connection tries again. */
    private boolean startOne() {
        try {
            starter.execute(this::run);
            refused = false;
            return true;
        } catch (OutOfMemoryError | RejectedExecutionException e) {
            if (!refused) {
                LOG.warn("cannot start a serving thread beside the {} that there are: {}", total, e.toString());
            }
            refused = true;
            if (total == 0) {
                throw e;
            }
            return false;
        }
    }

    private void run() {
        begin();
        try {
            SocketChannel channel = turn.accept();
            while (channel != null) {
                becomeBusy();
                connections.accept(channel); // throws nothing
                channel = becomeSpare() ? turn.accept() : null;
            }
        } finally {
            end();
        }
    }

    private void begin() {
        lock.lock();
        try {
            threads.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private void becomeBusy() {
        lock.lock();
        try {
            spare--;
            startMissing();
        } finally {
            lock.unlock();
        }
    }

    private boolean becomeSpare() {
        lock.lock();
        try {
            spare++;
            count.changed(total, spare);
            return spare <= settings.maxSpareThreads();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            total--;
            spare--;
            count.changed(total, spare);
            threads.remove(Thread.currentThread());
            ending.removeIf(thread -> !thread.isAlive());
            ending.add(Thread.currentThread());
            ended.signalAll();
            if (total == 0) {
                drained.complete(null);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completed when no thread is left: the listening socket is closed, and what was taken from it is served. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    int total() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }

    int spare() {
        lock.lock();
        try {
            return spare;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for all threads to end, and interrupts those that do not. Their connections are closed already. A serving
     * thread may call this: it does not wait for itself.
     *
     * @param limit how long; half of that time is for what the interrupted ones do
     */
    void stop(Duration limit) throws InterruptedException {
        List<Thread> gone;
        lock.lock();
        try {
            stopping = true;
            int self = threads.contains(Thread.currentThread()) ? 1 : 0;
            if (!awaitEnd(self, limit.dividedBy(2))) {
                threads.stream()
                        .filter(thread -> thread != Thread.currentThread())
                        .forEach(Thread::interrupt);
            }
            if (!awaitEnd(self, limit.dividedBy(2))) {
                LOG.warn(
                        "{} threads still run application code after they were interrupted: {}", total - self, threads);
            }
            gone = List.copyOf(ending);
        } finally {
            lock.unlock();
        }
        for (Thread thread : gone) {
            thread.join(); // it has only its last steps to go
        }
    }

    private boolean awaitEnd(int remaining, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        while (total > remaining && left > 0) {
            left = ended.awaitNanos(left);
        }
        return total <= remaining;
    }
}
