package io.github.jettympm.blocking;

import io.github.jettympm.settings.ThreadSettings;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
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
    /** As long as a stopping {@code QueuedThreadPool} waits by default. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ThreadSettings settings;
    private final String name;
    private final AcceptTurn turn;
    private final Consumer<SocketChannel> connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Set<Thread> threads = new HashSet<>();
    private int spare;
    private int started;
    private boolean stopping;

    /**
     * Makes the threads' pool; {@link #start()} starts them.
     *
     * @param settings how many
     * @param name what the names of the threads begin with, such as {@code worker}
     * @param turn where connections come from
     * @param connections serves one connection; called by a serving thread
     */
    ServingThreads(ThreadSettings settings, String name, AcceptTurn turn, Consumer<SocketChannel> connections) {
        this.settings = settings;
        this.name = name;
        this.turn = turn;
        this.connections = connections;
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
        while (!stopping && spare < settings.minSpareThreads() && threads.size() < settings.maxThreads()) {
            Thread thread = new Thread(this::run, name + "-serve-" + ++started);
            thread.setDaemon(true);
            threads.add(thread);
            spare++;
            thread.start();
        }
    }

    private void run() {
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
            return spare <= settings.maxSpareThreads();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            spare--;
            threads.remove(Thread.currentThread());
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int total() {
        lock.lock();
        try {
            return threads.size();
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

    /** Waits for all threads to end, and interrupts those that do not. Their connections are closed already. */
    void stop() throws InterruptedException {
        lock.lock();
        try {
            stopping = true;
            if (!awaitEnd()) {
                threads.forEach(Thread::interrupt);
            }
            if (!awaitEnd()) {
                LOG.warn(
                        "{} threads still run application code after they were interrupted: {}",
                        threads.size(),
                        threads);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitEnd() throws InterruptedException {
        long left = STOP_TIMEOUT.toNanos();
        while (!threads.isEmpty() && left > 0) {
            left = ended.awaitNanos(left);
        }
        return threads.isEmpty();
    }
}
