package io.github.jettympm.event;

import java.util.List;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * The executor of a connector with event loops. The requests of HTTP/2 come many at a time from one connection, and Jetty gives
 * them to the connector's executor while a loop's holder reads their frames; then they go to that loop, which runs
 * short ones itself, as those of HTTP/1. Everything else goes to the server's pool.
 *
 * <p>It is deliberately no {@code TryExecutor}: with one, Jetty would wake another thread for each request, to go on reading.
 */
final class LoopExecutor implements ThreadPool {
    private final ThreadPool pool;
    private volatile List<EventLoop> loops = List.of();

    /**
     * Makes one that only passes on.
     *
     * @param pool the connector's own executor
     */
    LoopExecutor(ThreadPool pool) {
        this.pool = pool;
    }

    /**
     * Says which loops there are.
     *
     * @param all those that run requests themselves; none if requests run on virtual threads
     */
    void serve(List<EventLoop> all) {
        loops = List.copyOf(all);
    }

    /** Whether there are loops to serve. */
    boolean isServing() {
        return !loops.isEmpty();
    }

    @Override
    public void execute(Runnable task) {
        for (EventLoop loop : loops) {
            if (loop.takes(task)) {
                return;
            }
        }
        pool.execute(task);
    }

    @Override
    public void join() throws InterruptedException {
        pool.join();
    }

    @Override
    public int getThreads() {
        return pool.getThreads();
    }

    @Override
    public int getIdleThreads() {
        return pool.getIdleThreads();
    }

    @Override
    public boolean isLowOnThreads() {
        return pool.isLowOnThreads();
    }
}
