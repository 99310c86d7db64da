package io.github.jettympm.event;

import io.github.jettympm.endpoint.SocketPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.thread.Invocable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One turn of a loop: a byte comes, the loop sees it and sends it back. The client's two system calls are in it. */
@State(Scope.Thread)
public class EventLoopBenchmark {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    private SocketPair pair;
    private Watcher watcher;
    private EventLoop loop;

    @Setup
    public void start() throws IOException, InterruptedException {
        pair = SocketPair.open();
        pair.server().configureBlocking(false);
        watcher = new Watcher("benchmark-watch");
        watcher.start();
        loop = new EventLoop(
                "benchmark-loop",
                new ServerThreads(task -> new Thread(task).start()),
                watcher,
                new RequestWorkers(0, () -> {}),
                lost -> {});
        loop.start();
        var registered = new CountDownLatch(1);
        loop.execute(() -> {
            register();
            registered.countDown();
        });
        registered.await();
    }

    private void register() {
        try {
            loop.register(pair.server(), new Echo(pair.server())).interestOps(SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @TearDown
    public void stop() throws IOException, InterruptedException {
        loop.stop();
        watcher.stop();
        pair.close();
    }

    @Benchmark
    public int turn() throws IOException {
        buffer.clear();
        pair.client().write(buffer);
        buffer.clear();
        return pair.client().read(buffer);
    }

    /** Sends back what has come. */
    private static final class Echo implements EventLoop.Selected, Invocable.Task {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(1);
        private final SocketChannel channel;

        Echo(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public Runnable onSelected() {
            return this;
        }

        @Override
        public boolean rest() {
            return false;
        }

        @Override
        public void onSelectedFailed(RuntimeException cause) {
            throw cause;
        }

        @Override
        public void run() {
            try {
                bytes.clear();
                channel.read(bytes);
                bytes.flip();
                channel.write(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
