package io.github.jettympm.event;

import io.github.jettympm.ConnectionEngine;
import io.github.jettympm.ConnectionEvents;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IO;

/** Spreads connections over event loops; the first loop also accepts them. */
final class EventEngine implements ConnectionEngine {
    private final ConnectionEvents events;
    private final int loopCount;
    private final String name;
    private final List<EventLoop> loops = new ArrayList<>();
    private Acceptor acceptor;
    private int next; // of the accepting loop's thread alone

    EventEngine(ConnectionEvents events, int loopCount, String name) {
        this.events = events;
        this.loopCount = loopCount;
        this.name = name;
    }

    @Override
    public void start(ServerSocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        for (int i = 0; i < loopCount; i++) {
            loops.add(new EventLoop(name + "-" + i + "-loop", events.connector().getExecutor()));
        }
        loops.forEach(EventLoop::start);
        EventLoop accepting = loops.get(0);
        acceptor = new Acceptor(channel, accepting, events.connector().getScheduler(), this::accepted);
        accepting.execute(acceptor::register);
    }

    private void accepted(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            events.accepted(channel);
        } catch (IOException | RuntimeException e) {
            events.acceptFailed(channel, e);
            IO.close(channel);
            return;
        }
        EventLoop loop = loops.get(next++ % loops.size());
        loop.execute(() -> new EventEndPoint(channel, events, loop).open());
    }

    @Override
    public void setAccepting(boolean accepting) {
        acceptor.setAccepting(accepting);
    }

    @Override
    public void stop() throws InterruptedException {
        for (EndPoint endPoint : List.copyOf(events.connector().getConnectedEndPoints())) {
            IO.close(endPoint.getConnection());
        }
        for (EventLoop loop : loops) {
            loop.stop();
        }
    }
}
