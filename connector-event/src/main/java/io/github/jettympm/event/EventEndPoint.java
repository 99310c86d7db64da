package io.github.jettympm.event;

import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.MultiProcessConnector;
import io.github.jettympm.endpoint.RequestProgress;
import io.github.jettympm.endpoint.RequestReadTimeoutException;
import io.github.jettympm.endpoint.TimedEndPoint;
import io.github.jettympm.endpoint.TlsReader;
import io.github.jettympm.timeout.ReadStage;
import io.github.jettympm.timeout.TimeoutQueues;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that waits at an event loop whenever it has nothing to do, with no thread: between requests, in the middle
 * of a TLS handshake or of a request's head, for a client that is slow to take a response.
 */
final class EventEndPoint extends PolledEndPoint implements EventLoop.Selected, Admission.Idle, TimedEndPoint {
    private static final Logger LOG = LoggerFactory.getLogger(EventEndPoint.class);

    private final ConnectionEvents events;
    private final EventLoop loop;
    private final Runnable onClosed;
    private final RequestProgress progress;
    private final KeyInterest interest = new KeyInterest();
    private final TimeoutQueues.Entry<EventEndPoint> due = new TimeoutQueues.Entry<>(this);
    private volatile boolean waiting;
    private Rest rest = Rest.AWAKE; // of the loop's holder

    /** How deeply a connection that waits is asleep; the loop looks a few times a second. */
    private enum Rest {
        /** It is active, or has become so since the loop looked. */
        AWAKE,
        /** It waited already when the loop looked the last time. */
        SEEN,
        /** It has given up what it does not need, and is not looked at until something comes. */
        ASLEEP
    }

    EventEndPoint(SocketChannel channel, ConnectionEvents events, EventLoop loop, Runnable onClosed) {
        super(channel);
        this.events = events;
        this.loop = loop;
        this.onClosed = onClosed;
        this.progress = new RequestProgress(this, events.keepAlive());
    }

    /** Registers the connection at its loop, which then opens it. Called by the loop's holder. */
    void register() {
        try {
            interest.attach(loop.register(getChannel(), this));
            loop.executeRequest(this::open);
        } catch (IOException | RuntimeException | Error e) {
            close(e);
        }
    }

    private void open() {
        try {
            events.open(getChannel(), this, () -> AwakeConnection.open(connector(), this));
        } catch (RuntimeException | Error e) {
            LOG.debug("{} could not be opened", this, e);
            close(e);
        }
    }

    MultiProcessConnector connector() {
        return events.connector();
    }

    EventLoop loop() {
        return loop;
    }

    @Override
    protected void needsFillInterest() {
        if (getConnection() instanceof DozingConnection) {
            return; // it goes on with a wait for which all this was done
        }
        boolean threadWaits = getFillInterest().getCallbackInvocationType() == InvocationType.NON_BLOCKING;
        progress.awaiting();
        awaitDue();
        awaitReady(SelectionKey.OP_READ, threadWaits);
        if (!isOpen()) {
            getFillInterest()
                    .onFail(new ClosedChannelException()); // closed before anyone asked, so nobody else says it
        }
    }

    @Override
    protected void onIncompleteFlush() {
        boolean threadWaits = getWriteFlusher().getCallbackInvocationType() == InvocationType.NON_BLOCKING;
        TlsReader.awaitInput(this);
        awaitReady(SelectionKey.OP_WRITE, threadWaits);
    }

    /**
     * Here a wait begins. It ends in {@link #onSelected}, or with the connection.
     *
     * @param operation for what
     * @param threadWaits whether what is to be called does nothing but wake a thread: then that is, as a rule, the calling
     *     one, which is about to wait in a blocking read or write
     */
    private void awaitReady(int operation, boolean threadWaits) {
        waiting = true;
        try {
            if (interest.await(operation)) {
                loop.wakeup();
            }
        } catch (CancelledKeyException e) {
            close(e);
        }
        if (threadWaits) {
            loop.aboutToBlock();
        }
    }

    @Override
    public Runnable onSelected() {
        int timely = interest.take();
        if (timely == 0) {
            return null; // it is told when somebody waits for it
        }
        waiting = false;
        rest = Rest.AWAKE;
        return taskFor(timely);
    }

    /** Somebody can read. */
    @Override
    public void run() {
        progress.read(super::run);
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        progress.awaitReader();
        return super.flush(buffers);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = super.fill(buffer);
        progress.received(Math.max(0, filled));
        return filled;
    }

    @Override
    public void setIdleTimeout(long idleTimeout) {
        super.setIdleTimeout(idleTimeout);
        awaitDue();
    }

    /** Sees to it that the loop looks at this connection when it may be too late. */
    private void awaitDue() {
        long now = System.nanoTime();
        awaitDue(now, idleNanos(getIdleTimeout()));
    }

    private void awaitDue(long now, long idleLeft) {
        long delay = Math.min(idleLeft, progress.clock().remaining(now));
        if (delay != Long.MAX_VALUE) {
            loop.awaitDue(due, delay, now);
            if (!isOpen()) {
                loop.forget(due); // or nobody would until it is due
            }
        }
    }

    private static long idleNanos(long millis) {
        return millis > 0 ? TimeUnit.MILLISECONDS.toNanos(millis) : Long.MAX_VALUE;
    }

    /**
     * Looks whether it is too late for something. Called by the loop's holder.
     *
     * @param now the time
     */
    void onDue(long now) {
        if (isOpen()) {
            ReadStage late = waiting ? progress.clock().takeExpired(now) : null;
            if (late != null) {
                onReadExpired(late);
            }
            long idleLeft = checkIdleTimeout();
            awaitDue(now, idleNanos(idleLeft > 0 ? idleLeft : getIdleTimeout()));
        }
    }

    @Override
    public RequestProgress progress() {
        return progress;
    }

    @Override
    public void onReadExpired(ReadStage awaited) {
        switch (awaited) {
            case KEEP_ALIVE -> closeIfNothingHasCome();
            case HEADER -> progress.endLateHead();
            case BODY -> onIdleExpired(new RequestReadTimeoutException());
            case HANDSHAKE -> close(new TimeoutException("The TLS handshake takes too long; see requestReadTimeout"));
            case UPGRADED -> LOG.debug("upgraded meanwhile: {}", this);
        }
    }

    /**
     * Called by the loop's holder. A connection that waits for a request is dealt with at once, before it can be selected;
     * where an application may hear of it, a thread of the pool tells it.
     */
    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        boolean inRequest = progress.isInRequest();
        boolean oneAtATime = getConnection() instanceof DozingConnection || progress.isOneRequestAtATime();
        if (waiting && !inRequest && oneAtATime) {
            super.onIdleExpired(timeout);
        } else {
            connector().getExecutor().execute(() -> {
                if (inRequest == progress.isInRequest()) { // one that has ended meanwhile shows that it is not idle
                    super.onIdleExpired(timeout);
                }
            });
        }
    }

    @Override
    public void onSelectedFailed(RuntimeException cause) {
        close(cause);
    }

    @Override
    public boolean rest() {
        if (waiting && rest == Rest.SEEN) {
            HttpConnections.trim(getConnection());
            doze();
            rest = Rest.ASLEEP;
        } else if (waiting && rest == Rest.AWAKE) {
            rest = Rest.SEEN;
        }
        return rest != Rest.ASLEEP;
    }

    /** Lets the connection go until the next byte comes, if it is one that can be made again. */
    private void doze() {
        if (getConnection() instanceof AwakeConnection connection
                && isFillInterested()
                && !progress.isInRequest()
                && (progress.clock().stage() == ReadStage.KEEP_ALIVE || connection.getBytesIn() == 0)
                && connection.doze()) {
            progress.forget();
        }
    }

    @Override
    public boolean isBetweenRequests() {
        return waiting && isFillInterested() && HttpConnections.isBetweenRequests(getConnection());
    }

    @Override
    public void closeIfIdle(Runnable decided) {
        loop.execute(() -> {
            closeIfNothingHasCome();
            decided.run();
        });
    }

    @Override
    public void endIfIdle(long idle) {
        if (getIdleFor() < idle || progress.isInFlight()) {
            return;
        }
        if (isBetweenRequests()) {
            loop.execute(this::closeIfNothingHasCome);
        } else {
            setIdleTimeout(idle);
        }
    }

    /** Over TLS a last word has to be said (RFC 8446, 6.1), which only the endpoint of the innermost connection does. */
    private void closeIfNothingHasCome() {
        if (isBetweenRequests() && nothingHasCome()) {
            progress.connection().getEndPoint().close();
        }
    }

    private boolean nothingHasCome() {
        try {
            return getChannel().socket().getInputStream().available() == 0;
        } catch (IOException e) {
            return true; // it is closed
        }
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        loop.forget(due);
        loop.wakeup(); // the selector forgets the channel, and only then does the kernel close the socket
        onClosed.run();
        connector().getExecutor().execute(() -> events.closed(this, cause));
    }
}
