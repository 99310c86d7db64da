package io.github.jettympm.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.IdleTimeout;

/**
 * Writes to a channel in blocking mode in pieces: a blocking write returns when all is queued, so a slow but steady reader
 * of more would look idle meanwhile, and a heap buffer would be copied whole.
 */
final class PieceWriter {
    private static final int PIECE = 64 * 1024;

    private final SocketChannel channel;
    private final ChannelMode mode;

    PieceWriter(SocketChannel channel, ChannelMode mode) {
        this.channel = channel;
        this.mode = mode;
    }

    /**
     * Writes all that is in the buffers, however long the client takes, as long as it takes something.
     *
     * @param idle hears of each piece that the client has taken
     * @return false, at once, if the channel is in non-blocking mode
     * @throws EofException if the client is gone
     */
    boolean flush(ByteBuffer[] buffers, IdleTimeout idle) throws EofException {
        if (!mode.beginWrite()) {
            return false;
        }
        boolean interrupted = Thread.interrupted(); // by the application; it would close a channel in blocking mode
        try {
            while (write(buffers) > 0) {
                idle.notIdle();
            }
            return true;
        } catch (IOException e) {
            throw new EofException(e);
        } finally {
            mode.endWrite();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes a piece; 0 if there is nothing left. */
    private long write(ByteBuffer... buffers) throws IOException {
        int first = 0;
        while (first < buffers.length && !buffers[first].hasRemaining()) {
            first++;
        }
        int last = first;
        int room = PIECE;
        while (last < buffers.length && buffers[last].remaining() <= room) {
            room -= buffers[last++].remaining();
        }
        return last == buffers.length ? writeAll(buffers, first) : writeCut(buffers, first, last, room);
    }

    private long writeAll(ByteBuffer[] buffers, int first) throws IOException {
        int count = buffers.length - first;
        return switch (count) {
            case 0 -> 0;
            case 1 -> channel.write(buffers[first]);
            default -> channel.write(buffers, first, count);
        };
    }

    /** Writes a number of whole buffers and a part of the last. */
    private long writeCut(ByteBuffer[] buffers, int first, int last, int part) throws IOException {
        ByteBuffer cut = buffers[last];
        int limit = cut.limit();
        cut.limit(cut.position() + part);
        try {
            return channel.write(buffers, first, last + 1 - first);
        } finally {
            cut.limit(limit);
        }
    }
}
