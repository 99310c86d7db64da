package io.github.jettympm.event;

import java.util.concurrent.Executor;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;

/** The threads of the server: they run requests, and hold loops. */
final class ServerThreads {
    private final Executor executor;
    private final Executor requests;
    private final TryExecutor pool;
    private final boolean virtual;

    /**
     * Takes threads as Jetty's own selectors do.
     *
     * @param executor the connector's executor, as a rule the server's thread pool
     */
    ServerThreads(Executor executor) {
        this.executor = executor;
        this.virtual = VirtualThreads.isUseVirtualThreads(executor);
        this.requests = VirtualThreads.getExecutor(executor);
        this.pool = virtual ? TryExecutor.NO_TRY : TryExecutor.asTryExecutor(executor);
    }

    /** Whether requests run on virtual threads: then no loop may run one, since it waits with a platform thread. */
    boolean isVirtual() {
        return virtual;
    }

    /** How many of them wait for something to do, 0 if that is not known. */
    int idle() {
        return executor instanceof ThreadPool threads ? threads.getIdleThreads() : 0;
    }

    /**
     * Runs it at once.
     *
     * @param task what to run
     * @return false, without having run it, if no thread is ready for it
     */
    boolean tryExecute(Runnable task) {
        return pool.tryExecute(task);
    }

    /**
     * Runs it when there is a thread for it.
     *
     * @param task what to run
     * @throws java.util.concurrent.RejectedExecutionException if there will never be one
     */
    void execute(Runnable task) {
        requests.execute(task);
    }
}
