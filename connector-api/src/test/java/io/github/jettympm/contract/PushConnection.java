package io.github.jettympm.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;

/** A protocol in which any thread may send at any time; what comes is counted. */
final class PushConnection extends AbstractConnection implements Connection.UpgradeTo {
    private final ByteBuffer buffer = BufferUtil.allocate(8 * 1024);
    private final AtomicInteger received = new AtomicInteger();

    private final CompletableFuture<PushConnection> opened;

    /** Makes a connection that says when it is open, and HTTP has written its last byte. */
    PushConnection(EndPoint endPoint, Executor executor, CompletableFuture<PushConnection> opened) {
        super(endPoint, executor);
        this.opened = opened;
    }

    int received() {
        return received.get();
    }

    /** Sends bytes and waits until they are gone; one thread at a time, since an endpoint takes one write at a time. */
    synchronized void push(byte[] bytes) throws IOException {
        try (Blocker.Callback blocker = Blocker.callback()) {
            getEndPoint().write(blocker, ByteBuffer.wrap(bytes));
            blocker.block();
        }
    }

    @Override
    public void onUpgradeTo(ByteBuffer early) {
        received.addAndGet(early.remaining());
    }

    @Override
    public void onOpen() {
        super.onOpen();
        fillInterested();
        opened.complete(this);
    }

    @Override
    public void onFillable() {
        try {
            int filled = fill();
            while (filled > 0) {
                received.addAndGet(filled);
                filled = fill();
            }
            if (filled == 0) {
                fillInterested();
            } else {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    private int fill() throws IOException {
        BufferUtil.clear(buffer);
        return getEndPoint().fill(buffer);
    }
}
