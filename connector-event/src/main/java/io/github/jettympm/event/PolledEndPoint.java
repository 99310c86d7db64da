package io.github.jettympm.event;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket at a selector: Jetty's {@code SocketChannelEndPoint} without the lock, the wishes and the tasks that it keeps
 * for a selector of Jetty, which are 180 bytes. The task of whoever can read is this object; what it waits for,
 * {@link KeyInterest} knows.
 */
abstract class PolledEndPoint extends AbstractEndPoint implements Invocable.Task {
    private static final Logger LOG = LoggerFactory.getLogger(PolledEndPoint.class);

    private final SocketChannel channel;

    PolledEndPoint(SocketChannel channel) {
        super(null); // no scheduler: the loop sees to timeouts
        this.channel = channel;
    }

    SocketChannel getChannel() {
        return channel;
    }

    @Override
    public Object getTransport() {
        return channel;
    }

    /**
     * What is to be done when the channel is ready.
     *
     * @param operations for what, of that for which somebody waits
     * @return the task; null if it is nothing
     */
    final Runnable taskFor(int operations) {
        boolean readable = (operations & SelectionKey.OP_READ) != 0;
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            return new Writing(readable);
        }
        return readable ? this : null;
    }

    /** Somebody can read. */
    @Override
    public void run() {
        getFillInterest().fillable();
    }

    @Override
    public InvocationType getInvocationType() {
        return getFillInterest().getCallbackInvocationType();
    }

    /** The rest of a write can go on. */
    private final class Writing implements Invocable.Task, Closeable {
        private final boolean readable;

        Writing(boolean readable) {
            this.readable = readable;
        }

        @Override
        public void run() {
            getWriteFlusher().completeWrite();
            if (readable) {
                PolledEndPoint.this.run();
            }
        }

        @Override
        public InvocationType getInvocationType() {
            InvocationType write = getWriteFlusher().getCallbackInvocationType();
            InvocationType read = readable ? PolledEndPoint.this.getInvocationType() : write;
            if (read == write) {
                return write;
            }
            return read == InvocationType.BLOCKING || write == InvocationType.BLOCKING
                    ? InvocationType.BLOCKING
                    : InvocationType.EITHER;
        }

        @Override
        public void close() {
            PolledEndPoint.this.close();
        }

        @Override
        public String toString() {
            return "write of " + PolledEndPoint.this;
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (isInputShutdown()) {
            return -1;
        }
        int position = BufferUtil.flipToFill(buffer);
        int filled;
        try {
            filled = channel.read(buffer);
        } catch (IOException e) {
            LOG.debug("the end of the input of {}", this, e);
            filled = -1;
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
        if (filled > 0) {
            notIdle();
        } else if (filled < 0) {
            shutdownInput();
        }
        return filled;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        try {
            if (channel.write(buffers) > 0) {
                notIdle();
            }
        } catch (IOException e) {
            throw new EofException(e);
        }
        for (ByteBuffer buffer : buffers) {
            if (!BufferUtil.isEmpty(buffer)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            return null; // it is closed
        }
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null; // it is closed
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    protected void doShutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("could not end the output of {}", this, e);
        }
    }

    @Override
    protected void doClose() {
        IO.close(channel);
        super.doClose();
    }
}
