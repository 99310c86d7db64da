package io.github.jettympm.listen;

import io.github.jettympm.settings.ListenSettings;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;

/** Opens the socket that connections arrive on: a new one, or the one that the process was born with. */
public final class ListeningSockets {
    /**
     * As long as httpd's queue is by default ({@code ListenBackLog}); the kernel may make it shorter ({@code net.core.somaxconn}).
     * Java's own 50 are too few where connections wait for a child: the kernel forgets those that find no room, and their clients
     * try again after a second, then two, and so on.
     */
    private static final int BACKLOG = 511;

    private ListeningSockets() {}

    /**
     * Binds a new listening socket.
     *
     * @param settings where and how to listen
     * @return a channel in blocking mode
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static ServerSocketChannel bind(ListenSettings settings) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, settings.reuseAddress());
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, settings.reusePort());
            }
            channel.bind(settings.address(), settings.acceptQueueSize() > 0 ? settings.acceptQueueSize() : BACKLOG);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("Failed to bind to " + settings.address(), e);
        }
    }

    /**
     * Takes the listening socket that stands on descriptor 0 of this process.
     *
     * @return a channel in blocking mode; the same one at each call
     * @throws IOException if descriptor 0 is not a listening socket
     */
    public static ServerSocketChannel inherited() throws IOException {
        Channel channel = System.inheritedChannel();
        if (channel instanceof ServerSocketChannel serverChannel) {
            serverChannel.configureBlocking(true);
            return serverChannel;
        }
        throw new IOException("descriptor 0 of this process is not a listening socket but " + channel
                + "; a child must be started by its parent");
    }
}
