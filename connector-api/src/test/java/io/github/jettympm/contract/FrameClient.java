package io.github.jettympm.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client of HTTP/2 in clear text (RFC 9113) that shows each frame. One that hides them may fail what is in flight when the
 * server says GOAWAY, as {@code java.net.http} does.
 */
final class FrameClient {
    static final int DATA = 0;
    static final int GOAWAY = 7;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Client client;

    /** A frame as it came. */
    record Frame(int type, boolean endsStream, int stream, byte[] payload) {
        /** In one of GOAWAY: streams up to this one are served. */
        int lastStream() {
            return ByteBuffer.wrap(payload).getInt(0);
        }

        /** In one of GOAWAY: 0 if there is none. */
        int error() {
            return ByteBuffer.wrap(payload).getInt(4);
        }

        String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }

    /** Speaks HTTP/2 on a connection from the first byte on. */
    FrameClient(Client client) throws IOException {
        this.client = client;
        client.send("PRI * HTTP/2.0\n\nSM\n\n");
        send(SETTINGS, 0, 0, new byte[0]);
    }

    /** Sends {@code GET /}; a stream has an odd number, greater than the one before. */
    void get(int stream) throws IOException {
        byte[] indexed = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 9
        }; // RFC 7541, appendix A: GET, http, /, authority
        var block = new ByteArrayOutputStream();
        block.writeBytes(indexed);
        block.writeBytes("localhost".getBytes(StandardCharsets.ISO_8859_1));
        send(HEADERS, END_STREAM | END_HEADERS, stream, block.toByteArray());
    }

    private void send(int type, int flags, int stream, byte[] payload) throws IOException {
        client.send(ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array());
    }

    /** The next frame of a type; those of other types before it are passed over. */
    Frame receive(int type) throws IOException {
        Frame frame = receive();
        while (frame.type() != type) {
            frame = receive();
        }
        return frame;
    }

    private Frame receive() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(client.receive(9));
        int length = head.getInt() >>> 8;
        int type = head.position(3).get();
        boolean endsStream = (head.get() & END_STREAM) != 0;
        return new Frame(type, endsStream, head.getInt(), client.receive(length));
    }

    /** Waits until the server closes the connection. */
    void awaitEnd() throws IOException {
        client.receiveToEnd();
    }
}
