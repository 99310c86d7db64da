package io.github.jettympm.event;

import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.endpoint.SelectionInterest;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.SocketChannelEndPoint;

/** A connection that is parked at an event loop whenever it has nothing to do. */
final class EventEndPoint extends SocketChannelEndPoint implements EventLoop.Selected {
    private final ConnectionEvents events;
    private final EventLoop loop;
    private final SelectionInterest interest = new SelectionInterest(this);

    EventEndPoint(SocketChannel channel, ConnectionEvents events, EventLoop loop) {
        super(channel, null, null, events.connector().getScheduler());
        this.events = events;
        this.loop = loop;
    }

    /** Registers the connection at its loop and opens it. Called by the loop's thread. */
    void open() {
        try {
            interest.attach(loop.register(getChannel(), this));
            events.open(getChannel(), this);
        } catch (IOException | RuntimeException e) {
            close(e);
        }
    }

    @Override
    protected void needsFillInterest() {
        want(SelectionKey.OP_READ);
    }

    @Override
    protected void onIncompleteFlush() {
        want(SelectionKey.OP_WRITE);
    }

    private void want(int operation) {
        interest.want(operation);
        loop.wakeup();
    }

    @Override
    public Runnable onSelected() {
        return interest.take();
    }

    @Override
    public void onDispatchFailed(RuntimeException cause) {
        close(cause);
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        loop.wakeup(); // the selector forgets the channel, and only then does the kernel close the socket
        events.connector().getExecutor().execute(() -> events.closed(this, cause));
    }
}
