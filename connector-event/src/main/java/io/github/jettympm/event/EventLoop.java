package io.github.jettympm.event;

import io.github.jettympm.timeout.TimeoutQueues;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for many connections with one thread, and runs what they are ready for.
 *
 * <pre>
 *   run tasks -&gt; expire -&gt; select -&gt; dispatch ready -+
 *      ^                                              |
 *      +----------------------------------------------+
 * </pre>
 *
 * <p>A loop is a role that a thread holds for some time ({@link Seat}), not a thread. Its holder runs short requests itself,
 * which saves waking another thread for each. A holder that is in a long one loses the loop to another thread, goes on with
 * that request alone and then returns to the pool; when requests are long, it gives the loop away before it begins one, and
 * of several that are ready all but the last to the pool ({@link InlinePolicy}). What is ready belongs to the loop, not to its holder, so the next one goes on at once with what the
 * last one left.
 */
final class EventLoop implements RequestWorkers.Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private static final Duration BACK_OFF = Duration.ofMillis(100);

    private final String name;
    private final ServerThreads threads;
    private final Watcher watcher;
    private final RequestWorkers workers;
    private final Consumer<EventLoop> onSelectorLost;
    private volatile Selector selector;
    private final InlinePolicy policy = new InlinePolicy();
    private final Seat seat;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TimeoutQueues<EventEndPoint> timeouts = new TimeoutQueues<>();
    private final AtomicBoolean selecting = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running = true;
    private volatile long sleepsUntil = System.nanoTime(); // at the latest

    // Of the holder.
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final Queue<Runnable> delayed = new ArrayDeque<>();
    private final Consumer<SelectionKey> collect = this::collect;
    private final RestRounds rests = new RestRounds(System.nanoTime());
    private Thread
            reading; // the holder, as long as it reads a connection that has many requests; others see another one
    private long looked = System.nanoTime();

    /** What is registered at the loop: a connection, or the listening socket. */
    interface Selected {
        /**
         * Takes what the key is ready for. Called by the loop's holder.
         *
         * @return what to do about it, null for nothing; its {@code InvocationType} says whether it may block. If it is
         *     {@link Closeable}, it is closed when no thread can be had for it
         */
        Runnable onSelected();

        /**
         * Gives up what it does not need while it waits. Called by the loop's holder, a few times a
         * second as long as something happens.
         *
         * @return whether it has to be looked at again although nothing comes
         */
        boolean rest();

        /**
         * Hears that {@link #onSelected} failed. Called by the loop's holder.
         *
         * @param cause how
         */
        void onSelectedFailed(RuntimeException cause);
    }

    /**
     * Makes a loop and its selector.
     *
     * @param name name of the loop, and of a thread of its own should it need one
     * @param threads run requests, and hold the loop
     * @param watcher notices when the holder is stuck in a request
     * @param workers how many requests may run at once
     * @param onSelectorLost called by the holder when the selector has failed: closes the connections of the loop, and
     *     registers the listening socket again if it was there
     * @throws IOException if no selector can be opened
     */
    EventLoop(
            String name,
            ServerThreads threads,
            Watcher watcher,
            RequestWorkers workers,
            Consumer<EventLoop> onSelectorLost)
            throws IOException {
        this.name = name;
        this.threads = threads;
        this.watcher = watcher;
        this.workers = workers;
        this.onSelectorLost = onSelectorLost;
        this.selector = Selector.open();
        this.seat = new Seat(name, threads, policy, this::run);
    }

    void start() {
        watcher.watch(seat);
        seat.fill();
        watcher.wake();
    }

    private void run(Tenure tenure) {
        while (running && tenure.lasts()) {
            runTasks();
            look();
            dispatchReady(tenure);
        }
        if (tenure.lasts()) {
            end();
        }
    }

    private void look() {
        try {
            expire();
            select();
        } catch (IOException | ClosedSelectorException e) {
            replaceSelector(e);
        }
    }

    /** Its connections are lost with it, but new ones are served. */
    private void replaceSelector(Exception cause) {
        LOG.error("{} has lost its selector, and so its connections; it goes on with another one", name, cause);
        IO.close(selector);
        ready.clear();
        while (running && !selector.isOpen()) {
            openAnother();
        }
        runGuarded(() -> onSelectorLost.accept(this));
    }

    private void openAnother() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            LOG.debug("no other selector for {} yet", name, e);
            LockSupport.parkNanos(this, BACK_OFF.toNanos());
            runTasks(); // one of which may be to stop
        }
    }

    private void runTasks() {
        Runnable task = tasks.poll();
        while (task != null) {
            runGuarded(task);
            task = tasks.poll();
        }
    }

    /** Sees to those that have waited for too long, and lets those rest that have waited for long. */
    private void expire() {
        long now = System.nanoTime();
        expire(now);
        rests.goOn(now, selector.keys());
        looked = now;
    }

    /**
     * Sees to those that have waited for too long. Called by the holder.
     *
     * @param now the time
     */
    void expire(long now) {
        if (timeouts.nextDelay(now) == 0) {
            timeouts.takeDue(now, endPoint -> runGuarded(() -> endPoint.onDue(now)));
        }
    }

    private void select() throws IOException {
        if (!ready.isEmpty()) {
            return; // left by the last holder
        }
        Thread.interrupted(); // a request may have left it set, and then no select would wait any more
        selecting.set(true);
        try {
            if (running && tasks.isEmpty() && !rests.isUnderWay()) {
                selector.select(collect, millisToWait());
            } else {
                selector.selectNow(collect);
            }
        } finally {
            selecting.lazySet(false);
        }
    }

    /** Who is due before the time that is told first wakes the loop up; who was so already is seen afterwards. */
    private long millisToWait() {
        long longest = rests.longestSleep();
        sleepsUntil = looked + longest;
        return 1 + TimeUnit.NANOSECONDS.toMillis(Math.min(longest, timeouts.nextDelay(looked)));
    }

    private void collect(SelectionKey key) {
        Selected selected = (Selected) key.attachment();
        rests.stir();
        try {
            Runnable task = selected.onSelected();
            if (task != null) {
                ready.add(task);
            }
        } catch (CancelledKeyException e) {
            LOG.debug("closed before it was dispatched: {}", selected, e);
        } catch (RuntimeException e) {
            selected.onSelectedFailed(e);
        }
    }

    private void dispatchReady(Tenure tenure) {
        while (tenure.lasts() && !ready.isEmpty()) {
            dispatch(ready.poll(), tenure);
        }
        if (tenure.isStandIn() && tenure.lasts() && !threads.isVirtual()) {
            seat.handOver(tenure);
        }
    }

    private void dispatch(Runnable task, Tenure tenure) {
        switch (Invocable.getInvocationType(task)) {
            case NON_BLOCKING -> runGuarded(task);
            case EITHER -> read(task);
            case BLOCKING -> dispatchRequest(task, tenure);
        }
    }

    /** HTTP/2: its requests come back by {@link #takes}, to be dispatched one by one. */
    private void read(Runnable task) {
        reading = Thread.currentThread();
        runGuarded(() -> Invocable.invokeNonBlocking(task));
        reading = null;
    }

    /**
     * Takes a request that the holder has read, if that is the calling thread.
     *
     * @param request a request of a connection that has many at a time
     * @return false for every other thread
     */
    boolean takes(Runnable request) {
        boolean mine = reading == Thread.currentThread();
        if (mine) {
            ready.add(request);
        }
        return mine;
    }

    private void dispatchRequest(Runnable task, Tenure tenure) {
        if (!workers.tryBegin(this)) {
            delayed.add(task);
        } else if (tenure.isStandIn()) {
            execute(new Elsewhere(task));
        } else if (policy.runsInline() && (ready.isEmpty() || policy.areBrief())) {
            runInline(task, tenure);
        } else if (!policy.runsInline() && ready.isEmpty() && seat.handOver(tenure)) {
            new Elsewhere(task).run(); // the loop is another thread's already
        } else {
            execute(new Elsewhere(task));
        }
    }

    private void runInline(Runnable task, Tenure tenure) {
        tenure.begin();
        watcher.wake();
        long began = System.nanoTime();
        runGuarded(task);
        workers.end();
        if (tenure.end()) {
            policy.ranInline(System.nanoTime() - began);
        }
    }

    private void execute(Elsewhere request) {
        try {
            threads.execute(request);
        } catch (RejectedExecutionException e) {
            request.refused(e);
        } catch (OutOfMemoryError e) {
            // Of the pool's queue a thread takes it that is there already: none could be started for it.
            LOG.debug("no other thread for {}", request.task, e);
        }
    }

    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.warn("{} failed", task, e); // the other connections of this loop go on
        }
    }

    @Override
    public void tryAgain() {
        execute(() -> ready.add(delayed.remove()));
    }

    /** Runs a task on the thread that holds the loop, soon. Any thread may call it; the task must not block. */
    void execute(Runnable task) {
        tasks.add(task);
        wakeup();
    }

    /** Runs what may block, as if its connection had become ready. Called by the holder. */
    void executeRequest(Runnable request) {
        ready.add(request);
    }

    /**
     * Registers a channel with nothing asked for. Called by the holder.
     *
     * @param channel a channel in non-blocking mode
     * @param selected what to call when it is ready
     * @return its key
     * @throws IOException if the channel is closed
     */
    SelectionKey register(SelectableChannel channel, Selected selected) throws IOException {
        return channel.register(selector, 0, selected);
    }

    /**
     * Has a connection looked at after a delay, or before. Any thread may call it.
     *
     * @param due its place in the queues
     * @param delay nanoseconds, 0 or more
     * @param now the time
     */
    void awaitDue(TimeoutQueues.Entry<EventEndPoint> due, long delay, long now) {
        timeouts.await(due, delay, now);
        if (now + delay - sleepsUntil < 0) {
            wakeup();
        }
    }

    /** Takes a connection out of the queues. Any thread may call it. */
    void forget(TimeoutQueues.Entry<EventEndPoint> due) {
        timeouts.remove(due);
    }

    /** Makes the loop look at what is asked of its keys. Any thread may call it; it costs little when nobody waits. */
    void wakeup() {
        if (selecting.get() && selecting.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    /** Says that the request on the calling thread will wait now, so that the loop is not kept by it. */
    void aboutToBlock() {
        seat.aboutToBlock();
    }

    /** Ends the loop, after the tasks that were given to it before. */
    void stop() throws InterruptedException {
        execute(() -> running = false);
        watcher.wake(); // the holder may be stuck
        ended.await();
    }

    private void end() {
        runTasks();
        if (selector.isOpen()) {
            for (SelectionKey key : List.copyOf(selector.keys())) {
                if (key.attachment() instanceof Closeable open) {
                    IO.close(open);
                }
            }
        }
        IO.close(selector);
        ended.countDown();
    }

    @Override
    public String toString() {
        return seat.toString();
    }

    /** A request on a thread that does not hold the loop. */
    private final class Elsewhere implements Runnable {
        private final Runnable task;

        Elsewhere(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            long began = System.nanoTime();
            runGuarded(task);
            workers.end();
            policy.ranElsewhere(System.nanoTime() - began);
        }

        void refused(RejectedExecutionException cause) {
            LOG.debug("no thread for {}", task, cause);
            workers.end();
            if (task instanceof Closeable closeable) {
                IO.close(closeable);
            }
        }
    }
}
