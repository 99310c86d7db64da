package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.contract.Site;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(8)
class EventLoopTest {
    private final Pool pool = new Pool(60);
    private final Watcher watcher = new Watcher("test-watch");
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Connection> connections = new ArrayList<>();
    private final BlockingQueue<EventLoop> lost = new LinkedBlockingQueue<>();
    private EventLoop loop;
    private boolean watched;

    @AfterEach
    void stop() throws Exception {
        released.countDown();
        loop.stop();
        if (watched) {
            watcher.stop();
        }
        for (Connection connection : connections) {
            connection.pipe.sink().close();
            connection.pipe.source().close();
        }
        pool.close();
    }

    private void start(ServerThreads threads, RequestWorkers workers) throws IOException {
        loop = new EventLoop("test-loop", threads, watcher, workers, lost::add);
        loop.start();
    }

    private void start() throws IOException {
        start(new ServerThreads(pool), new RequestWorkers(0, () -> {}));
    }

    private void startWatched() throws IOException {
        watcher.start();
        watched = true;
        start();
    }

    /** A connection that runs something when a byte comes, at its loop. */
    private final class Connection implements EventLoop.Selected, Closeable {
        private final Pipe pipe = Pipe.open();
        private final Runnable task;
        private final CountDownLatch rests = new CountDownLatch(2);
        private SelectionKey key;
        private boolean closed;

        Connection(InvocationType type, Runnable task) throws IOException {
            this.task = Invocable.from(type, task);
            pipe.source().configureBlocking(false);
            connections.add(this);
        }

        void register() {
            try {
                key = loop.register(pipe.source(), this);
                key.interestOps(SelectionKey.OP_READ);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void send() throws IOException {
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        }

        @Override
        public Runnable onSelected() {
            key.interestOps(0);
            return task;
        }

        @Override
        public boolean rest() {
            rests.countDown();
            return true;
        }

        @Override
        public void onSelectedFailed(RuntimeException cause) {
            throw cause;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Connection connection(InvocationType type, Runnable task) throws Exception {
        Connection connection = new Connection(type, task);
        onLoop(connection::register);
        return connection;
    }

    /** A connection whose byte has come, with a request. */
    private void request(Runnable task) throws Exception {
        connection(InvocationType.BLOCKING, task).send();
    }

    /** What the loop's holder gives back. */
    private Thread onLoop(Runnable task) throws InterruptedException, ExecutionException {
        var thread = new CompletableFuture<Thread>();
        loop.execute(() -> {
            task.run();
            thread.complete(Thread.currentThread());
        });
        return thread.get();
    }

    private Thread holder() throws InterruptedException, ExecutionException {
        return onLoop(() -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        await(all);
    }

    /** Four requests that are long but do not block. */
    private void makeItEager() throws Exception {
        for (int i = 0; i < 4; i++) {
            var over = new CountDownLatch(1);
            request(() -> {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < 2 * InlinePolicy.SHORT_NANOS) {
                    Thread.onSpinWait();
                }
                over.countDown();
            });
            over.await();
        }
        onLoop(() -> {}); // by now the loop knows of the last one
    }

    @Test
    void shortRequestsRunOnTheThreadThatSelects() throws Exception {
        start();
        Thread holder = holder();

        var runner = new CompletableFuture<Thread>();
        request(() -> runner.complete(Thread.currentThread()));

        assertSame(holder, runner.get());
        assertSame(holder, holder());
    }

    @Test
    void loopGoesOnWhileARequestIsStuck() throws Exception {
        startWatched();
        request(() -> await(released));

        var second = new CountDownLatch(1);
        request(second::countDown);

        second.await();
    }

    @Test
    void threadThatLostTheLoopGoesBackToThePool() throws Exception {
        startWatched();
        Thread first = holder();
        var over = new CountDownLatch(1);
        request(() -> {
            await(released);
            over.countDown();
        });
        Site.await("never taken over", () -> {
            try {
                return holder() != first;
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        });

        released.countDown();

        over.await();
        Site.await("not only one thread holds the loop", () -> pool.busy() == 1);
        assertNotEquals(first, holder());
    }

    @Test
    void whatIsReadyIsNotLostWithTheHolderThatBlocks() throws Exception {
        startWatched();
        var others = new CountDownLatch(9);
        List<Connection> together = new ArrayList<>();
        together.add(new Connection(InvocationType.BLOCKING, () -> await(others)));
        for (int i = 0; i < 9; i++) {
            together.add(new Connection(InvocationType.BLOCKING, others::countDown));
        }
        for (Connection connection : together) {
            connection.send();
        }

        onLoop(() -> together.forEach(Connection::register)); // so one select finds all of them

        others.await();
    }

    @Test
    void fiftyRequestsMayBlockAtOnce() throws Exception {
        startWatched();
        var all = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            request(() -> meet(all));
        }

        all.await();
    }

    @Test
    void requestThatSaysThatItBlocksGivesTheLoopAwayAtOnce() throws Exception {
        start(); // with nobody who watches
        request(() -> {
            loop.aboutToBlock();
            await(released);
        });

        var second = new CountDownLatch(1);
        request(second::countDown);

        second.await();
    }

    @Test
    void nobodyElseGivesTheLoopAway() throws Exception {
        start();
        Thread holder = holder();

        onLoop(() -> loop.aboutToBlock());
        loop.aboutToBlock();
        var called = new CountDownLatch(1);
        connection(InvocationType.NON_BLOCKING, () -> {
                    loop.aboutToBlock();
                    called.countDown();
                })
                .send();
        called.await();

        assertSame(holder, holder());
    }

    @Test
    void requestsOfAConnectionThatHasManyRunOnTheLoopInTheirOrder() throws Exception {
        start();
        Thread holder = holder();
        List<Integer> order = new ArrayList<>();
        var runner = new CompletableFuture<Thread>();

        connection(InvocationType.EITHER, () -> {
                    for (int i = 0; i < 3; i++) {
                        int number = i;
                        assertTrue(loop.takes(() -> order.add(number)));
                    }
                    assertEquals(List.of(), order);
                    loop.takes(() -> runner.complete(Thread.currentThread()));
                })
                .send();

        assertSame(holder, runner.get());
        assertEquals(List.of(0, 1, 2), order);
    }

    @Test
    void whoDoesNotReadSuchAConnectionKeepsItsTasks() throws Exception {
        start();
        var taken = new CompletableFuture<Boolean>();

        request(() -> taken.complete(loop.takes(() -> {})));

        assertFalse(taken.get());
        assertFalse(loop.takes(() -> {}));
        onLoop(() -> assertFalse(loop.takes(() -> {})));
    }

    @Test
    void ifOneOfThemIsStuckTheOthersGoOn() throws Exception {
        startWatched();
        var others = new CountDownLatch(2);

        connection(InvocationType.EITHER, () -> {
                    loop.takes(() -> await(others));
                    loop.takes(others::countDown);
                    loop.takes(others::countDown);
                })
                .send();

        others.await();
    }

    /** More requests than it takes, that are neither long nor brief; if the machine makes some of them long, no harm is done. */
    private void makeItShare() throws Exception {
        for (int i = 0; i < InlinePolicy.INERTIA; i++) {
            var over = new CountDownLatch(1);
            request(() -> {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < 2 * InlinePolicy.BRIEF_NANOS) {
                    Thread.onSpinWait();
                }
                over.countDown();
            });
            over.await();
        }
        onLoop(() -> {}); // by now the loop knows of the last one
    }

    @Test
    void requestsThatAreNotBriefDoNotWaitBehindEachOther() throws Exception {
        start(); // with nobody who watches
        makeItShare();
        var all = new CountDownLatch(3);
        List<Connection> together = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            together.add(new Connection(InvocationType.BLOCKING, () -> meet(all)));
        }
        for (Connection connection : together) {
            connection.send();
        }

        onLoop(() -> together.forEach(Connection::register)); // so one select finds all of them

        all.await();
    }

    @Test
    void whenRequestsAreLongTheyAreLeftToThePool() throws Exception {
        start(); // with nobody who watches
        makeItEager();

        var both = new CountDownLatch(2);
        request(() -> meet(both));
        request(() -> meet(both));

        both.await();
    }

    @Test
    void whoseTurnItIsRunsALongRequestAndGivesTheLoopAwayBefore() throws Exception {
        start(); // with nobody who watches
        makeItEager();
        Thread holder = holder();

        var runner = new CompletableFuture<Thread>();
        request(() -> {
            runner.complete(Thread.currentThread());
            await(released);
        });

        assertSame(holder, runner.get());
        assertNotEquals(holder, holder());
    }

    @Test
    void withNoThreadAtHandALongRequestWaitsForThePool() throws Exception {
        try (Pool two = new Pool(2)) {
            start(new ServerThreads(two::execute), new RequestWorkers(0, () -> {}));
            makeItEager();
            Thread holder = holder();

            var runner = new CompletableFuture<Thread>();
            request(() -> runner.complete(Thread.currentThread()));

            assertNotEquals(holder, runner.get());
            assertSame(holder, holder());
            loop.stop();
        }
    }

    @Test
    void whenRequestsAreShortAgainTheyRunOnTheThreadThatSelects() throws Exception {
        start();
        makeItEager();

        Site.await("never inline again", () -> {
            try {
                // A request that wakes another thread may have to wait for that one, and is not short then.
                var runner = new AtomicReference<Thread>();
                request(() -> runner.set(Thread.currentThread()));
                Site.await("not run", () -> runner.get() != null);
                return pool.busy() == 1 && runner.get() == holder();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatDoesNotBlockRunsOnTheThreadThatSelects() throws Exception {
        start();
        makeItEager();
        var runner = new CompletableFuture<Thread>();
        Connection connection = connection(InvocationType.NON_BLOCKING, () -> runner.complete(Thread.currentThread()));
        Thread holder = holder();

        connection.send();

        assertSame(holder, runner.get());
    }

    @Test
    void whatMayDoEitherIsToldNotToBlock() throws Exception {
        start();
        Thread holder = holder();

        var nonBlocking = new CompletableFuture<Boolean>();
        connection(InvocationType.EITHER, () -> nonBlocking.complete(Invocable.isNonBlockingInvocation()))
                .send();

        assertTrue(nonBlocking.get());
        assertSame(holder, holder());
    }

    @Test
    void failuresDoNotEndTheLoop() throws Exception {
        start();

        request(() -> {
            throw new IllegalStateException("on purpose");
        });
        request(() -> {
            throw new AssertionError("on purpose");
        });
        loop.execute(() -> {
            throw new AssertionError("on purpose");
        });
        connection(InvocationType.EITHER, () -> {
                    throw new AssertionError("on purpose");
                })
                .send();
        var last = new CountDownLatch(1);
        request(last::countDown);

        last.await();
    }

    @Test
    void loopThatLosesItsSelectorGoesOnWithAnotherOne() throws Exception {
        start();
        Connection old = connection(InvocationType.BLOCKING, () -> {});

        old.key.selector().close();

        assertSame(loop, lost.take());
        var served = new CountDownLatch(1);
        request(served::countDown);
        served.await();
    }

    @Test
    void poolThatCannotStartAThreadDoesNotStopTheLoop() throws Exception {
        var refusing = new AtomicInteger();
        start(
                new ServerThreads(task -> {
                    pool.execute(task);
                    if (refusing.get() > 0) {
                        throw new OutOfMemoryError("unable to create native thread: on purpose");
                    }
                }),
                new RequestWorkers(0, () -> {}));
        makeItEager();
        refusing.set(1);
        Thread holder = holder();
        var served = new CountDownLatch(2);

        onLoop(() -> {
            loop.executeRequest(Invocable.from(InvocationType.BLOCKING, served::countDown));
            loop.executeRequest(Invocable.from(InvocationType.BLOCKING, served::countDown));
        });

        served.await();
        assertSame(holder, holder());
    }

    @Test
    void interruptThatARequestLeavesDoesNotReachTheNext() throws Exception {
        start();
        Connection second = connection(InvocationType.BLOCKING, () -> released.countDown());
        var interrupted = new CompletableFuture<Boolean>();
        Connection third = connection(
                InvocationType.BLOCKING,
                () -> interrupted.complete(Thread.currentThread().isInterrupted()));

        request(() -> Thread.currentThread().interrupt());
        second.send();
        released.await();
        third.send();

        assertFalse(interrupted.get());
    }

    @Test
    void poolWithoutAFreeThreadDoesNotStopTheLoop() throws Exception {
        try (Pool one = new Pool(1)) {
            watcher.start();
            watched = true;
            start(new ServerThreads(one), new RequestWorkers(0, () -> {}));
            Connection answer = connection(InvocationType.NON_BLOCKING, released::countDown);
            var name = new CompletableFuture<String>();
            var begun = new CountDownLatch(1);
            request(() -> {
                begun.countDown();
                await(released); // for what only the loop can tell it
            });
            begun.await();

            loop.execute(() -> name.complete(Thread.currentThread().getName()));
            assertEquals("test-loop", name.get());
            answer.send();

            released.await();
            Site.await("the pool never has the loop again", () -> {
                try {
                    return holder().getName().equals("pool");
                } catch (InterruptedException | ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            });
            loop.stop();
        }
    }

    @Test
    void requestsWaitWhenAsManyRunAsMay() throws Exception {
        watcher.start();
        watched = true;
        start(new ServerThreads(pool), new RequestWorkers(1, () -> {}));
        var second = new CountDownLatch(1);
        var passed = new CountDownLatch(1);
        request(() -> await(released));
        request(second::countDown);
        connection(InvocationType.NON_BLOCKING, passed::countDown).send();
        passed.await();
        holder();

        assertEquals(1, second.getCount());
        released.countDown();

        second.await();
    }

    @Test
    void requestForWhichThereWillBeNoThreadIsClosed() throws Exception {
        var refusing = new AtomicInteger();
        start(
                new ServerThreads(task -> {
                    if (refusing.get() > 0) {
                        throw new RejectedExecutionException("on purpose");
                    }
                    pool.execute(task);
                }),
                new RequestWorkers(0, () -> {}));
        makeItEager();
        var closed = new CountDownLatch(1);
        refusing.set(1);

        onLoop(() -> loop.executeRequest(new CloseableTask(closed)));

        closed.await();
    }

    private record CloseableTask(CountDownLatch closed) implements Runnable, Closeable {
        @Override
        public void run() {
            throw new IllegalStateException("there is no thread for it");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void connectionThatAsksForItIsLookedAtAgain() throws Exception {
        start();
        Connection connection = connection(InvocationType.BLOCKING, () -> {});

        connection.send();

        connection.rests.await();
    }

    @Test
    void stopDoesNotWaitForARequestThatIsStuck() throws Exception {
        startWatched();
        var begun = new CountDownLatch(1);
        request(() -> {
            begun.countDown();
            await(released);
        });
        begun.await();

        loop.stop();
    }

    @Test
    void stopRunsWhatWasGivenBeforeAndClosesWhatIsRegistered() throws Exception {
        start();
        Connection connection = connection(InvocationType.BLOCKING, () -> {});
        var ran = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            loop.execute(ran::incrementAndGet);
        }

        loop.stop();

        assertEquals(10, ran.get());
        assertTrue(connection.closed);
    }
}
