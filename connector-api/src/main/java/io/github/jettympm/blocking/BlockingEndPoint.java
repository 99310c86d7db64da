package io.github.jettympm.blocking;

import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.endpoint.SelectionInterest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is served by one thread, which reads, handles and writes it: two system calls for a kept-alive
 * request.
 *
 * <pre>
 *              needs another thread, or is not HTTP/1 any more
 *   ATTACHED ---------------------------------------------------&gt; DETACHED
 *      |  its serving thread waits for it in read(2)                 |  a selector waits for it
 *      +----------------------&gt; closed &lt;-----------------------------+
 * </pre>
 *
 * <p>The contract of Jetty's {@code EndPoint} is that of a non-blocking one, and its callers rely on that. So a blocking
 * wait is right in two places only, and everywhere else the endpoint detaches, which makes it what its callers expect:
 *
 * <ul>
 *   <li>between requests: the serving loop ({@link #serve()}) waits;
 *   <li>during a request, when the serving thread asks for content with a callback that does not block: that is the
 *       blocking read of a servlet, whose thread would wait now in any case, so {@link #needsFillInterest()} waits
 *       itself. {@link #fill} must not wait: TLS asks for network bytes even when it holds whole records, and holds its
 *       lock meanwhile.
 * </ul>
 *
 * <p>It detaches when the serving thread comes back from a request that goes on elsewhere (asynchronous servlets), when
 * content is asked for by another thread or with a callback that runs application code ({@code ReadListener}), and when
 * the connection is upgraded (WebSocket, HTTP/2). It stays detached then.
 */
final class BlockingEndPoint extends SocketChannelEndPoint {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingEndPoint.class);

    /** A wait between requests holds this much memory: the pool's smallest buffer, and enough for most requests. */
    private static final int IDLE_READ = 4 * 1024;

    /** A wait for content: nearly two TLS records (RFC 8446, 5.1). */
    private static final int CONTENT_READ = 32 * 1024;

    /** A blocking write returns when all is queued, so a slow but steady reader of more would look idle meanwhile. */
    private static final int WRITE_PIECE = 64 * 1024;

    private final ConnectionEvents events;
    private final Detachment detachment;
    private final Thread servingThread;
    private final ReadAhead readAhead;
    private final SelectionInterest interest = new SelectionInterest(this);
    private final AtomicBoolean reported = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object detaching = new Object();
    private boolean reading; // guarded by detaching: the mode of a channel cannot be changed during read(2)
    private TimeoutException expired; // guarded by detaching, as long as the serving thread reads
    private volatile boolean detached;
    private volatile boolean inRequest;
    private volatile boolean readingContent;
    private volatile boolean writing;
    private volatile Throwable closeCause;

    // Of the serving thread alone.
    private boolean servedRequest;
    private boolean awaitingContent;
    private boolean awaitAgain;

    /** Made by the thread that will serve it, for a channel in blocking mode. */
    BlockingEndPoint(SocketChannel channel, ConnectionEvents events, Detachment detachment) {
        super(channel, null, null, events.connector().getScheduler());
        this.events = events;
        this.detachment = detachment;
        this.servingThread = Thread.currentThread();
        this.readAhead = new ReadAhead(channel, events.connector().getByteBufferPool());
    }

    /** Opens the connection and serves it until it is closed or detached. Called by the serving thread. */
    void serve() {
        try {
            events.open(getChannel(), this);
            while (awaitFillable()) {
                getFillInterest().fillable();
            }
        } finally {
            if (!detached) {
                close();
                reportClosed();
            }
        }
    }

    /** Waits until the connection is closed, wherever it is served. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    private boolean awaitFillable() {
        if (detached || !isOpen()) {
            return false;
        }
        if (!isFillInterested() || !suitsOneThread()) {
            leaveToSelector();
            return false;
        }
        Thread.interrupted(); // a request may have left it set, and then the read would close the connection
        return await(IDLE_READ);
    }

    /**
     * Waits for bytes. Whatever another thread asks for meanwhile is reported when the wait is over.
     *
     * @return false, at once, if the endpoint is detached
     */
    private boolean await(int capacity) {
        synchronized (detaching) {
            if (detached) {
                return false;
            }
            reading = true;
        }
        try {
            readAhead.await(capacity);
            return true;
        } finally {
            synchronized (detaching) {
                reading = false;
            }
        }
    }

    /** Before the first request (TLS, ALPN, PROXY protocol) and between those of HTTP/1. */
    private boolean suitsOneThread() {
        return innermostConnection() instanceof ConnectionMetaData metaData
                ? metaData.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion()
                : !servedRequest;
    }

    private Connection innermostConnection() {
        Connection connection = getConnection();
        while (connection instanceof SslConnection ssl) {
            connection = ssl.getSslEndPoint().getConnection();
        }
        return connection;
    }

    /** Called by the serving thread before the handlers see a request. */
    void requestBegins() {
        servedRequest = true;
        inRequest = true;
    }

    /** Called by whichever thread completes the request. */
    void requestEnds() {
        inRequest = false;
    }

    @Override
    protected void needsFillInterest() {
        if (detached || Thread.currentThread() != servingThread) {
            leaveToSelector();
        } else if (awaitingContent) {
            awaitAgain = true; // a nested call only notes it, so that nothing recurses with the size of the content
        } else if (inRequest) {
            needsContent();
        }
    }

    private void needsContent() {
        if (getFillInterest().getCallbackInvocationType() == InvocationType.NON_BLOCKING) {
            awaitContent();
        } else {
            leaveToSelector();
        }
    }

    private void awaitContent() {
        awaitingContent = true;
        try {
            do {
                awaitAgain = false;
                readingContent = true;
                boolean awaited = await(CONTENT_READ);
                readingContent = false;
                if (expired != null) {
                    expire(expired);
                    expired = null;
                } else if (awaited) {
                    getFillInterest().fillable();
                } else {
                    awaitAgain = true; // for the selector
                }
            } while (awaitAgain && !detached);
        } finally {
            awaitingContent = false;
        }
        if (awaitAgain && detached) {
            leaveToSelector();
        }
    }

    /** From now on a selector waits for this connection; what it already asks for is not lost. */
    private void leaveToSelector() {
        detach();
        if (!detached || !isFillInterested()) {
            return;
        }
        if (readAhead.isReadable()) {
            events.connector().getExecutor().execute(interest.fillable());
        } else {
            want(SelectionKey.OP_READ);
        }
    }

    private void detach() {
        synchronized (detaching) {
            if (detached || reading || !isOpen()) {
                return;
            }
            try {
                getChannel().configureBlocking(false);
                detached = true;
                detachment.register(this);
            } catch (IOException | RuntimeException e) {
                LOG.debug("cannot leave {} to a selector", this, e);
                close(e);
            }
        }
        if (detached && !isOpen()) {
            reportClosedElsewhere(); // it was closed while it was attached in the eyes of the closing thread
        }
    }

    private void want(int operation) {
        interest.want(operation);
        detachment.wakeup();
    }

    SelectionInterest interest() {
        return interest;
    }

    @Override
    public Runnable onSelected() {
        return interest.take();
    }

    @Override
    public void updateKey() {
        // Interest is set on the key at once, by any thread; there is nothing to be done later.
    }

    @Override
    public void replaceKey(SelectionKey newKey) {
        interest.attach(newKey);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (isInputShutdown()) {
            return -1;
        }
        int filled = readAhead.fill(buffer);
        if (filled == 0) {
            filled = fillFromNetwork(buffer);
        }
        if (filled > 0) {
            notIdle();
        } else if (filled < 0) {
            shutdownInput();
        }
        return filled;
    }

    private int fillFromNetwork(ByteBuffer buffer) throws IOException {
        if (detached) {
            return super.fill(buffer);
        }
        boolean mayRead = inRequest && Thread.currentThread() == servingThread;
        return mayRead ? readAhead.fillAvailable(buffer, CONTENT_READ) : 0;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        if (detached) {
            return super.flush(buffers);
        }
        boolean interrupted = Thread.interrupted(); // by the application; it would close a channel in blocking mode
        writing = true;
        try {
            while (writePiece(buffers)) {
                notIdle();
            }
            return BufferUtil.isEmpty(buffers);
        } catch (IOException e) {
            throw new EofException(e);
        } finally {
            writing = false;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes up to {@value #WRITE_PIECE} bytes; false if there is nothing left, or the channel takes no more now. */
    private boolean writePiece(ByteBuffer[] buffers) throws IOException {
        int first = 0;
        while (first < buffers.length && !buffers[first].hasRemaining()) {
            first++;
        }
        int last = first;
        int room = WRITE_PIECE;
        while (last < buffers.length && buffers[last].remaining() <= room) {
            room -= buffers[last++].remaining();
        }
        if (last == buffers.length) {
            return first < last && getChannel().write(buffers, first, last - first) > 0;
        }
        ByteBuffer cut = buffers[last];
        int limit = cut.limit();
        cut.limit(cut.position() + room);
        try {
            return getChannel().write(buffers, first, last + 1 - first) > 0;
        } finally {
            cut.limit(limit);
        }
    }

    @Override
    protected void onIncompleteFlush() {
        detach();
        want(SelectionKey.OP_WRITE);
    }

    /**
     * Called by the scheduler's thread, which must never wait, since the timeouts of all connections hang on it. A
     * servlet that reads holds a lock that its connection needs to tell it of the timeout; so the thread that reads does
     * that.
     */
    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        if (leftToReader(timeout)) {
            endInput(); // the read returns, and the response can still be written
        } else if (inRequest && !detached) {
            events.connector().getExecutor().execute(() -> expire(timeout));
        } else {
            expire(timeout);
        }
    }

    private boolean leftToReader(TimeoutException timeout) {
        synchronized (detaching) {
            if (reading && readingContent) {
                expired = timeout;
                return true;
            }
            return false;
        }
    }

    /** Lets the connection deal with the timeout; a thread that is in a system call must hear of it too. */
    private void expire(TimeoutException timeout) {
        super.onIdleExpired(timeout);
        if (writing) {
            close(timeout);
        }
    }

    /** Before the connection is closed by another thread: a servlet that waits for content holds a lock that this needs. */
    void endWait() {
        if (!detached) {
            endInput();
        }
    }

    private void endInput() {
        try {
            getChannel().shutdownInput();
        } catch (IOException e) {
            close(e);
        }
    }

    @Override
    public void onClose(Throwable cause) {
        closeCause = cause;
        super.onClose(cause);
        if (detached) {
            reportClosedElsewhere();
        }
    }

    private void reportClosedElsewhere() {
        detachment.wakeup(); // the selector forgets the channel, and only then does the kernel close the socket
        events.connector().getExecutor().execute(this::reportClosed);
    }

    private void reportClosed() {
        if (reported.compareAndSet(false, true)) {
            readAhead.release();
            events.closed(this, closeCause);
            closed.countDown();
        }
    }
}
