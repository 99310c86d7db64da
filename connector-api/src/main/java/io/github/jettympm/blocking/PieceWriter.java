package io.github.jettympm.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Writes to a channel in blocking mode in pieces: a blocking write returns when all is queued, so a slow but steady reader
 * of more would look idle meanwhile, and a heap buffer would be copied whole.
 */
final class PieceWriter {
    private static final int PIECE = 64 * 1024;

    private final SocketChannel channel;

    PieceWriter(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Writes a piece of what is in the buffers.
     *
     * @return bytes written, 0 if there is nothing left
     */
    long write(ByteBuffer... buffers) throws IOException {
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
