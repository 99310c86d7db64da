package io.github.jettympm.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The two ends of a connection over the loop-back interface. */
public record SocketPair(SocketChannel client, SocketChannel server) implements AutoCloseable {
    public static SocketPair open() throws IOException {
        try (var listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = SocketChannel.open(listening.getLocalAddress());
            client.socket().setTcpNoDelay(true);
            SocketChannel server = listening.accept();
            server.socket().setTcpNoDelay(true);
            return new SocketPair(client, server);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
