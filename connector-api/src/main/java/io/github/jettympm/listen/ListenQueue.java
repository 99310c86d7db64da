package io.github.jettympm.listen;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/** Counts the connections that wait in the kernel for someone to accept them. Any thread may ask. */
public final class ListenQueue {
    private final ServerSocketChannel channel;
    private final int descriptor;

    /**
     * Finds the queue of a listening socket.
     *
     * @param channel the socket of this process
     * @throws IOException if it is not open
     */
    public ListenQueue(ServerSocketChannel channel) throws IOException {
        StandardDescriptors.requireSupported();
        this.channel = channel;
        this.descriptor = StandardDescriptors.descriptorOf(channel);
    }

    /**
     * How many connections wait now. One system call, however many there are.
     *
     * @return 0 or more; 0 if the socket is closed
     */
    public int waiting() {
        return channel.isOpen() ? StandardDescriptors.acceptQueue(descriptor) : 0;
    }

    /**
     * How many connections may wait: what was asked for, or the system's own limit if that is less.
     *
     * @return 1 or more; 0 if the socket is closed
     */
    public int limit() {
        return channel.isOpen() ? StandardDescriptors.acceptQueueLimit(descriptor) : 0;
    }
}
