package io.github.jettympm.blocking;

import io.github.jettympm.ConnectionEvents;
import io.github.jettympm.endpoint.RequestProgress;
import io.github.jettympm.endpoint.RequestReadTimeoutException;
import io.github.jettympm.endpoint.SelectionInterest;
import io.github.jettympm.endpoint.TimedEndPoint;
import io.github.jettympm.endpoint.TlsReader;
import io.github.jettympm.timeout.ReadStage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
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
final class BlockingEndPoint extends SocketChannelEndPoint implements TimedEndPoint {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingEndPoint.class);

    /** A wait between requests holds this much memory: the pool's smallest buffer, and enough for most requests. */
    private static final int IDLE_READ = 4 * 1024;

    /** A wait for content: nearly two TLS records (RFC 8446, 5.1). */
    private static final int CONTENT_READ = 32 * 1024;

    /** The kernel takes this much for a client that reads nothing: the default of {@code tcp_wmem}. */
    private static final int SURELY_TAKEN = 16 * 1024;

    private final ConnectionEvents events;
    private final Detachment detachment;
    private final Thread servingThread;
    private final ChannelMode mode;
    private final ReadAhead readAhead;
    private final PieceWriter writer;
    private final ContentWait contentWait;
    private final Content content = new Content();
    private final RequestProgress progress;
    private final SelectionInterest interest = new SelectionInterest(this);
    private final Runnable tellFillable = getFillInterest()::fillable;
    private final AtomicBoolean reported = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean lateHead;
    private volatile boolean keepAliveEnded;
    private volatile Thread writing; // the one that is in write(), which one at a time may be
    private volatile Throwable closeCause;

    /** Made by the thread that will serve it, for a channel in blocking mode. */
    BlockingEndPoint(SocketChannel channel, ConnectionEvents events, Detachment detachment) {
        super(channel, null, null, events.connector().getScheduler());
        this.events = events;
        this.detachment = detachment;
        this.servingThread = Thread.currentThread();
        this.mode = new ChannelMode(channel);
        this.readAhead = new ReadAhead(channel, events.connector().getByteBufferPool());
        this.writer = new PieceWriter(channel, mode);
        this.contentWait = new ContentWait(mode, this::expire);
        this.progress = new RequestProgress(this, events.keepAlive());
    }

    /** Opens the connection and serves it until it is closed or detached. Called by the serving thread. */
    void serve() {
        try {
            events.open(getChannel(), this);
            while (awaitFillable()) {
                progress.read(tellFillable);
            }
            mode.awaitUnused();
            leaveToSelector();
        } finally {
            if (!isDetached()) {
                close();
                reportClosed();
            }
        }
    }

    /** Waits until the connection is closed, wherever it is served. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** Waits between requests; false if that is not for the serving thread to do, or not any more. */
    private boolean awaitFillable() {
        if (isDetached() || !isOpen() || !isFillInterested() || !progress.isOneRequestAtATime()) {
            return false;
        }
        if (progress.isMalformedAnswered()) {
            return false; // and then it is closed
        }
        Thread.interrupted(); // a request may have left it set, and then the read would close the connection
        boolean awaited = await(IDLE_READ);
        if (awaited && lateHead && readAhead.isAtEnd()) {
            progress.endLateHead();
            return false;
        }
        return awaited;
    }

    /**
     * Waits for bytes. Whatever another thread asks for meanwhile is reported when the wait is over.
     *
     * @return false, at once, if the endpoint is detached
     */
    private boolean await(int capacity) {
        if (!mode.beginRead()) {
            return false;
        }
        try {
            progress.awaiting();
            progress.received(readAhead.await(capacity));
            return true;
        } finally {
            mode.endRead();
        }
    }

    private boolean isDetached() {
        return mode.isNonBlocking();
    }

    @Override
    protected void needsFillInterest() {
        if (isDetached() || Thread.currentThread() != servingThread) {
            leaveToSelector();
        } else if (progress.isInRequest()) {
            needsContent();
        }
    }

    private void needsContent() {
        if (getFillInterest().getCallbackInvocationType() != InvocationType.NON_BLOCKING || contentWait.run(content)) {
            leaveToSelector();
        }
    }

    /** What a servlet waits for when it reads. */
    private final class Content implements ContentWait.Input {
        @Override
        public boolean await() {
            return BlockingEndPoint.this.await(CONTENT_READ);
        }

        @Override
        public void report() {
            getFillInterest().fillable();
        }
    }

    /** From now on a selector waits for this connection; what it already asks for is not lost. */
    private void leaveToSelector() {
        ChannelMode.Change change = detach();
        if (!isOpen()) {
            getFillInterest()
                    .onFail(new ClosedChannelException()); // closed before anyone asked, so nobody else says it
            return;
        }
        if (!isFillInterested()) {
            return;
        }
        if (change == ChannelMode.Change.WRITING) {
            events.connector().getExecutor().execute(this::awaitElsewhere);
        } else if (change != ChannelMode.Change.READING) {
            awaitAtSelector();
        }
    }

    private void awaitAtSelector() {
        if (readAhead.isReadable()) {
            events.connector().getExecutor().execute(interest.fillable());
        } else {
            progress.awaiting();
            want(SelectionKey.OP_READ);
        }
    }

    /** Waits while the serving thread writes: the client may take nothing before the server has taken something. */
    private void awaitElsewhere() {
        if (await(CONTENT_READ)) {
            detach(); // if the serving thread does not write any more, it must not wait in its loop
            getFillInterest().fillable();
        } else {
            leaveToSelector();
        }
    }

    private ChannelMode.Change detach() {
        if (!isOpen()) {
            return ChannelMode.Change.NOTHING_TO_DO;
        }
        ChannelMode.Change change = ChannelMode.Change.NOTHING_TO_DO;
        try {
            change = mode.leaveBlocking();
            if (change == ChannelMode.Change.CHANGED) {
                detachment.register(this);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("cannot leave {} to a selector", this, e);
            close(e);
        }
        if (change == ChannelMode.Change.CHANGED && !isOpen()) {
            reportClosedElsewhere(); // it was closed while it was attached in the eyes of the closing thread
        }
        return change;
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
            closeIfEnded();
            shutdownInput();
        }
        return filled;
    }

    private int fillFromNetwork(ByteBuffer buffer) throws IOException {
        int filled = 0;
        if (isDetached()) {
            filled = super.fill(buffer);
        } else if (progress.isInRequest() && Thread.currentThread() == servingThread) {
            filled = readAhead.fillAvailable(buffer, CONTENT_READ);
        }
        if (filled > 0) {
            progress.received(filled);
        }
        return filled;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        progress.awaitReader();
        boolean mayBlock = mayBlock();
        boolean holdsUp =
                Thread.currentThread() != servingThread || TlsReader.waitsAt(this) || mayHoldUpReader(buffers);
        if (holdsUp && detach() == ChannelMode.Change.READING && !mayBlock) {
            return false;
        }
        return writer.flush(buffers, this) || super.flush(buffers);
    }

    /** Called by TLS without the lock that it holds when it calls {@link #flush}. */
    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        writing = Thread.currentThread();
        try {
            super.write(callback, buffers);
        } finally {
            writing = null;
        }
    }

    /**
     * Whether this flush is that of {@link #write}, the first one in it: its callback may flush again, with the lock of TLS,
     * which a thread that reads will need. Who is told that not all was flushed calls {@code write}.
     */
    private boolean mayBlock() {
        boolean own = writing == Thread.currentThread();
        if (own) {
            writing = null;
        }
        return own;
    }

    /**
     * A request whose content is not read to its end may have someone else read it, now or later, and the client may take
     * no more of the response before that. A little of it always finds room. It is enough that a write would not return;
     * TLS even holds a lock meanwhile, which whoever reads needs.
     */
    private boolean mayHoldUpReader(ByteBuffer... buffers) {
        return progress.isInRequest()
                && progress.wrote(BufferUtil.remaining(buffers)) > SURELY_TAKEN
                && progress.hasUnreadContent();
    }

    @Override
    protected void onIncompleteFlush() {
        detach();
        TlsReader.awaitInput(this);
        want(SelectionKey.OP_WRITE);
    }

    /**
     * Called by the scheduler's thread, which must never wait, since the timeouts of all connections hang on it. A
     * servlet that reads holds a lock that its connection needs to tell it of the timeout; so the thread that reads does
     * that.
     */
    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        if (contentWait.expire(timeout)) {
            endInput(); // the read returns, and the response can still be written
        } else if (progress.isInRequest() && !isDetached()) {
            events.connector().getExecutor().execute(() -> expireInRequest(timeout));
        } else {
            expire(timeout);
        }
    }

    /** A request that has ended meanwhile shows that the connection is not idle. */
    private void expireInRequest(TimeoutException timeout) {
        if (progress.isInRequest()) {
            expire(timeout);
        }
    }

    /** Lets the connection deal with the timeout; a thread that is in a system call must hear of it too. */
    private void expire(TimeoutException timeout) {
        super.onIdleExpired(timeout);
        if (mode.isWriting()) {
            close(timeout);
        }
    }

    /** Ends the connection because the connector stops; called by the thread that stops it. */
    void end() {
        if (!isDetached()) {
            endInput(); // a servlet that waits for content holds a lock that telling it needs
        }
        progress.end();
    }

    @Override
    public RequestProgress progress() {
        return progress;
    }

    @Override
    public void onReadExpired(ReadStage awaited) {
        switch (awaited) {
            case KEEP_ALIVE -> endKeepAlive();
            case HEADER -> endLateHead();
            case BODY -> onIdleExpired(new RequestReadTimeoutException());
            case HANDSHAKE -> close(new TimeoutException("The TLS handshake takes too long; see requestReadTimeout"));
            case UPGRADED -> LOG.debug("upgraded meanwhile: {}", this);
        }
    }

    @Override
    public void onOthersWait() {
        if (isDetached() && !readAhead.isReadable() && readAhead.available() == 0) {
            events.connector().getExecutor().execute(progress::goAway);
        }
    }

    /**
     * Ends a connection that waits for its next request, unless that has come. One that comes at this very moment may find its
     * content cut off, and then the connection is closed without an answer, as it would have been a moment before.
     */
    private void endKeepAlive() {
        if (!readAhead.isReadable() && readAhead.available() == 0) {
            keepAliveEnded = true;
            endInput();
        }
    }

    @Override
    public void endIfIdle(long idle) {
        if (getIdleFor() < idle || progress.isInFlight()) {
            return;
        }
        if (progress.mayWaitForRequest() && isFillInterested()) {
            endKeepAlive();
        } else {
            setIdleTimeout(idle);
        }
    }

    /**
     * Closes the connection if its input was ended while it waited for a request. In the middle of one it hears nothing of that,
     * or it would answer that the request is malformed. If nothing of one has come, TLS has a last word to say (RFC 8446,
     * 6.1), which only the endpoint of the innermost connection does.
     */
    private void closeIfEnded() {
        if (!keepAliveEnded) {
            return;
        }
        if (progress.isBetweenRequests()) {
            progress.connection().getEndPoint().close();
        } else if (progress.hasUnreadContent() || !progress.isInRequest()) {
            close();
        }
    }

    private void endLateHead() {
        if (isDetached()) {
            events.connector().getExecutor().execute(progress::endLateHead);
        } else {
            lateHead = true; // for the serving thread
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
        if (isDetached()) {
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
