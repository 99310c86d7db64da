package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.contract.Site;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptorTest implements Acceptor.Door {
    private final AtomicInteger room = new AtomicInteger();
    private final AtomicInteger askedForRoom = new AtomicInteger();
    private final Queue<SocketChannel> entered = new ConcurrentLinkedQueue<>();
    private final List<SocketChannel> clients = new ArrayList<>();
    private final Later later = new Later();
    private final Pool pool = new Pool(2);
    private final Watcher watcher = new Watcher("test-watch");
    private ServerSocketChannel channel;
    private EventLoop loop;
    private Acceptor acceptor;

    /** A scheduler whose time comes when a test says so. */
    private static final class Later extends AbstractLifeCycle implements Scheduler {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit units) {
            tasks.add(task);
            return () -> tasks.remove(task);
        }
    }

    @BeforeEach
    void open() throws Exception {
        channel = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        loop = new EventLoop(
                "test-loop", new ServerThreads(pool), watcher, new RequestWorkers(0, () -> {}), lost -> {});
        loop.start();
        acceptor = new Acceptor(channel, loop, later, this);
    }

    @AfterEach
    void close() throws Exception {
        loop.stop();
        channel.close();
        for (SocketChannel client : clients) {
            client.close();
        }
        for (SocketChannel connection : entered) {
            connection.close();
        }
        pool.close();
    }

    @Override
    public boolean hasRoom() {
        return room.get() > 0;
    }

    @Override
    public void makeRoom() {
        askedForRoom.incrementAndGet();
    }

    @Override
    public void enter(SocketChannel connection) {
        room.decrementAndGet();
        entered.add(connection);
    }

    private void connect() throws Exception {
        clients.add(SocketChannel.open(channel.getLocalAddress()));
    }

    /** Twice, so that a select lies between. */
    private void letTheLoopTurn() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            var turned = new CountDownLatch(1);
            loop.execute(turned::countDown);
            turned.await();
        }
    }

    @Test
    void onlyAsManyEnterAsThereIsRoomFor() throws Exception {
        room.set(1);
        connect();
        connect();

        loop.execute(acceptor::register);

        Site.await("the second one does not ask for room", () -> askedForRoom.get() > 0);
        assertEquals(1, entered.size());
    }

    @Test
    void nobodyHasToGoForOneWhoDoesNotWait() throws Exception {
        room.set(1);
        connect();

        loop.execute(acceptor::register);

        Site.await("the only one does not enter", () -> entered.size() == 1);
        letTheLoopTurn();
        assertEquals(0, askedForRoom.get());
    }

    @Test
    void whoWaitsEntersAsSoonAsThereIsRoom() throws Exception {
        loop.execute(acceptor::register);
        connect();
        Site.await("does not ask for room", () -> askedForRoom.get() > 0);
        letTheLoopTurn();
        assertEquals(1, askedForRoom.get()); // it is not in the poll set

        room.set(1);
        acceptor.roomMade();

        Site.await("does not enter", () -> entered.size() == 1);
    }

    @Test
    void itLooksForRoomByItself() throws Exception {
        loop.execute(acceptor::register);
        connect();
        Site.await("does not ask for room", () -> askedForRoom.get() > 0);
        Site.await("does not look again", () -> !later.tasks.isEmpty());

        room.set(1);
        later.tasks.remove().run();

        Site.await("does not enter", () -> entered.size() == 1);
    }

    @Test
    void nobodyEntersWhileItDoesNotAccept() throws Exception {
        room.set(9);
        acceptor.setAccepting(false);
        loop.execute(acceptor::register);
        connect();
        letTheLoopTurn();
        assertEquals(0, entered.size());

        acceptor.setAccepting(true);

        Site.await("does not enter", () -> entered.size() == 1);
    }
}
