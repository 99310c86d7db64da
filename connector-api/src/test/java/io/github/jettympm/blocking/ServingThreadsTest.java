package io.github.jettympm.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.jettympm.settings.ThreadSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.util.IO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServingThreadsTest {
    private final Semaphore allowed = new Semaphore(0);
    private final Executor platform = ServingThreads.platformThreads("test");
    private final BlockingQueue<SocketChannel> served = new LinkedBlockingQueue<>();
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<SocketChannel> accepted = new ArrayList<>();
    private final Semaphore done = new Semaphore(0);
    private ServerSocketChannel listening;
    private AcceptTurn turn;
    private ServingThreads threads;

    @BeforeEach
    void listen() throws IOException {
        listening = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        turn = new AcceptTurn(listening);
        threads = new ServingThreads(
                new ThreadSettings("test", 2, 4, 8, false),
                this::startIfAllowed,
                turn,
                this::serve,
                (total, spare) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        done.release(100);
        turn.stop();
        listening.close();
        threads.stop(Duration.ofSeconds(10));
        clients.forEach(IO::close);
        accepted.forEach(IO::close);
    }

    /** As the operating system does it, when there are as many threads as there may be. */
    private void startIfAllowed(Runnable task) {
        if (!allowed.tryAcquire()) {
            throw new OutOfMemoryError("unable to create native thread: on purpose");
        }
        platform.execute(task);
    }

    private void serve(SocketChannel channel) {
        served.add(channel);
        done.acquireUninterruptibly();
    }

    private void connect() throws IOException {
        clients.add(SocketChannel.open(listening.getLocalAddress()));
    }

    @Test
    void whenNoThreadCanBeStartedThoseThatThereAreServeOn() throws Exception {
        allowed.release(1);
        threads.start();

        for (int i = 0; i < 5; i++) {
            connect();
            accepted.add(served.take());
            done.release();
        }

        assertEquals(1, threads.total());
    }

    @Test
    void whenThreadsCanBeStartedAgainTheyAre() throws Exception {
        allowed.release(1);
        threads.start();
        allowed.release(7);

        for (int i = 0; i < 3; i++) {
            connect();
        }

        for (int i = 0; i < 3; i++) {
            accepted.add(served.take());
        }
    }

    @Test
    void withoutASingleThreadNothingStarts() {
        assertThrows(OutOfMemoryError.class, threads::start);
        assertEquals(0, threads.total());
    }
}
