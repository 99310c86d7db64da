package io.github.jettympm.blocking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Bytes that were read from a connection because its thread waited for them, and that nobody has asked for yet.
 *
 * <p>The buffer comes from Jetty's pool for a wait and goes back when it is empty. One thread waits at a time; any
 * thread may take what is there.
 */
final class ReadAhead {
    private final SocketChannel channel;
    private final ByteBufferPool pool;
    private volatile InputStream stream; // of the channel, once somebody has asked
    private RetainableByteBuffer content;
    private boolean atEnd;

    ReadAhead(SocketChannel channel, ByteBufferPool pool) {
        this.channel = channel;
        this.pool = pool;
    }

    /**
     * Waits for bytes or for the end of the input.
     *
     * @param capacity how many bytes there is to be memory for
     * @return how many bytes came, 0 if some were here or the input is at its end
     */
    int await(int capacity) {
        if (isReadable()) {
            return 0;
        }
        RetainableByteBuffer buffer = pool.acquire(capacity, true);
        int read = read(buffer.getByteBuffer());
        synchronized (this) {
            if (read > 0) {
                content = buffer;
                return read;
            }
            atEnd |= read < 0;
        }
        buffer.release();
        return 0;
    }

    /** Whether the input is at its end, and all that came before is taken. */
    synchronized boolean isAtEnd() {
        return content == null && atEnd;
    }

    /** Whether {@link #fill} would give something other than 0. */
    synchronized boolean isReadable() {
        return content != null || atEnd;
    }

    /**
     * Fills a buffer as {@code EndPoint.fill} does, without waiting.
     *
     * @return bytes put into the buffer, 0 if none are here, -1 at the end of the input
     */
    synchronized int fill(ByteBuffer buffer) {
        if (content == null) {
            return atEnd ? -1 : 0;
        }
        int filled = BufferUtil.append(buffer, content.getByteBuffer());
        if (!content.hasRemaining()) {
            release();
        }
        return filled;
    }

    /**
     * Fills a buffer with what the kernel has, without waiting although the channel is in blocking mode.
     *
     * @return bytes put into the buffer, 0 if none are here, -1 at the end of the input
     */
    int fillAvailable(ByteBuffer buffer, int capacity) {
        int available = available();
        if (available > BufferUtil.space(buffer)) {
            await(capacity);
            return fill(buffer);
        }
        return available > 0 ? read(buffer) : 0;
    }

    /** How many bytes the kernel has; 0 if it is closed. Any thread may ask. */
    int available() {
        try {
            InputStream input = stream;
            if (input == null) {
                input = channel.socket().getInputStream();
                stream = input;
            }
            return input.available();
        } catch (IOException e) {
            return 0; // closed or reset; who waits for content will learn it
        }
    }

    private int read(ByteBuffer buffer) {
        boolean interrupted = Thread.interrupted(); // by the application; it would close a channel in blocking mode
        int position = BufferUtil.flipToFill(buffer);
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            return -1; // closed or reset: as SocketChannelEndPoint, the end of the input
        } finally {
            BufferUtil.flipToFlush(buffer, position);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives back the buffer; what is in it is lost. */
    synchronized void release() {
        if (content != null) {
            content.release();
            content = null;
        }
    }
}
