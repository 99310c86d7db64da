package io.github.jettympm.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** How many bytes a right response has on a kept-alive connection, its head included. */
final class WholeResponse {
    private static final int TIMEOUT_MILLIS = 10_000;

    private WholeResponse() {}

    /**
     * Asks twice on one connection, since the head of the first response may differ.
     *
     * @param length bytes of its content
     * @return bytes of the second response
     * @throws IOException if a response is not right
     */
    static int bytes(Target target, String path, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ask(socket, path, length);
            return ask(socket, path, length);
        }
    }

    private static int ask(Socket socket, String path, int length) throws IOException {
        socket.getOutputStream().write(Exchange.get(path).array());
        var exchange = new Exchange();
        InputStream input = socket.getInputStream();
        ByteBuffer received = exchange.received();
        while (!exchange.isComplete()) {
            int count = input.read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                throw new IOException("closed within a response: " + exchange.text());
            }
            received.position(received.position() + count);
        }
        if (!exchange.hasContentOf(length)) {
            throw new IOException("not a response of 200 with " + length + " bytes: " + exchange.text());
        }
        return received.position();
    }
}
