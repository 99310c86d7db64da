package io.github.jettympm.event;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.TryExecutor;

/** Threads as the server's pool has them: it knows whether one is free, and queues what comes when none is. */
final class Pool implements TryExecutor, AutoCloseable {
    private final ExecutorService threads;
    private final int size;
    private final AtomicInteger busy = new AtomicInteger();

    Pool(int size) {
        this.size = size;
        this.threads = Executors.newFixedThreadPool(size, task -> new Thread(task, "pool"));
    }

    int busy() {
        return busy.get();
    }

    @Override
    public boolean tryExecute(Runnable task) {
        boolean free = busy.incrementAndGet() <= size;
        if (free) {
            threads.execute(() -> run(task));
        } else {
            busy.decrementAndGet();
        }
        return free;
    }

    @Override
    public void execute(Runnable task) {
        busy.incrementAndGet();
        threads.execute(() -> run(task));
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            busy.decrementAndGet();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
