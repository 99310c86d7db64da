package io.github.jettympm.event;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for many connections with one thread and hands those that are ready to the threads that serve them.
 *
 * <pre>
 *   select -&gt; dispatch ready -&gt; run tasks -+
 *     ^                                       |
 *     +---------------------------------------+
 * </pre>
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final Executor executor;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    /** What is registered at the loop: a connection, or the listening socket. */
    interface Selected {
        /**
         * Takes what the key is ready for. Called by the loop's thread.
         *
         * @return what to do about it, null for nothing; its {@code InvocationType} says whether the loop may run it
         */
        Runnable onSelected();

        /**
         * Hears that it could not be served, as when the pool of threads refuses work. Called by the loop's thread.
         *
         * @param cause why
         */
        void onDispatchFailed(RuntimeException cause);
    }

    /**
     * Makes a loop and its selector.
     *
     * @param name name of the loop's thread
     * @param executor runs what may block
     * @throws IOException if no selector can be opened
     */
    EventLoop(String name, Executor executor) throws IOException {
        this.executor = executor;
        this.selector = Selector.open();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (running) {
                select();
                dispatchReady();
                runTasks();
            }
        } finally {
            IO.close(selector);
        }
    }

    private void runTasks() {
        Runnable task = tasks.poll();
        while (task != null) {
            runGuarded(task);
            task = tasks.poll();
        }
    }

    private void select() {
        try {
            selector.select();
        } catch (IOException e) {
            LOG.error("{} cannot wait for its connections any more: {}", thread.getName(), e.getMessage(), e);
            running = false;
        }
    }

    private void dispatchReady() {
        for (SelectionKey key : selector.selectedKeys()) {
            dispatch(key);
        }
        selector.selectedKeys().clear();
    }

    private void dispatch(SelectionKey key) {
        Selected selected = (Selected) key.attachment();
        try {
            Runnable task = selected.onSelected();
            if (Invocable.getInvocationType(task) == Invocable.InvocationType.NON_BLOCKING) {
                runGuarded(task);
            } else if (task != null) {
                executor.execute(task);
            }
        } catch (CancelledKeyException e) {
            LOG.debug("closed before it was dispatched: {}", selected, e);
        } catch (RuntimeException e) {
            selected.onDispatchFailed(e);
        }
    }

    private static void runGuarded(Runnable task) {
        try {
            if (task != null) {
                task.run();
            }
        } catch (Throwable e) {
            LOG.warn("{} failed", task, e); // the other connections of this loop go on
        }
    }

    /** Runs a task on the loop's thread, soon. Any thread may call it. */
    void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /**
     * Registers a channel with nothing asked for. Called by the loop's thread.
     *
     * @param channel a channel in non-blocking mode
     * @param selected what to call when it is ready
     * @return its key
     * @throws IOException if the channel is closed
     */
    SelectionKey register(SelectableChannel channel, Selected selected) throws IOException {
        return channel.register(selector, 0, selected);
    }

    /** Makes the loop look at what is asked of its keys. Any thread may call it. */
    void wakeup() {
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Ends the loop, after the tasks that were given to it before. */
    void stop() throws InterruptedException {
        execute(() -> running = false);
        thread.join();
    }
}
