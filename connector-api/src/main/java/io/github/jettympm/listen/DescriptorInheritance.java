package io.github.jettympm.listen;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes that share a listening socket of this one.
 *
 * <p>A child finds the socket on its descriptor 0 ({@link ListeningSockets#inherited()}) and accepts from it. All
 * children wait on the same queue in the kernel, so a free child takes the next connection whoever was free before, and
 * a child that dies takes no waiting connection with it. That is why this is not done with {@code SO_REUSEPORT}, where
 * each process has a queue of its own.
 */
public final class DescriptorInheritance {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorInheritance.class);

    /** The descriptors of a process exist once, so no two threads may lend descriptor 0 at a time. */
    private static final Lock STDIN_LOCK = new ReentrantLock();

    private DescriptorInheritance() {}

    /**
     * Checks that this system can do it.
     *
     * @param otherwise what to do where it cannot, for the message
     * @throws IOException if it cannot; the message says what is missing, and what to do
     */
    public static void requireSupported(String otherwise) throws IOException {
        try {
            StandardDescriptors.requireSupported();
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; " + otherwise, e);
        }
    }

    /**
     * Starts a process whose descriptor 0 is a listening socket.
     *
     * <p>For the moment of the start, descriptor 0 of this process is the socket too; then it is again what it was.
     *
     * @param builder command, environment and output of the process; its input is set here
     * @param channel the listening socket
     * @return the process
     * @throws IOException if the process cannot be started
     */
    public static Process start(ProcessBuilder builder, ServerSocketChannel channel) throws IOException {
        StandardDescriptors.requireSupported();
        builder.redirectInput(Redirect.INHERIT);
        STDIN_LOCK.lock();
        try {
            int socket = StandardDescriptors.descriptorOf(channel);
            int stdin = StandardDescriptors.duplicate(StandardDescriptors.STDIN);
            try {
                StandardDescriptors.replace(socket, StandardDescriptors.STDIN);
                return builder.start();
            } finally {
                StandardDescriptors.restore(stdin, StandardDescriptors.STDIN);
            }
        } finally {
            STDIN_LOCK.unlock();
        }
    }

    /**
     * Makes a channel of a listening socket that stands on some descriptor of this process, and closes that one. Java makes
     * one from descriptor 0 only, and only once in the life of a process, so the socket stands there for that moment.
     *
     * @param descriptor a listening socket
     * @return a channel in blocking mode, to be closed by {@link #closeInherited}
     * @throws IOException if that is not possible
     */
    static ServerSocketChannel adopt(int descriptor) throws IOException {
        STDIN_LOCK.lock();
        try {
            int stdin = StandardDescriptors.duplicate(StandardDescriptors.STDIN);
            ServerSocketChannel channel;
            try {
                StandardDescriptors.replace(descriptor, StandardDescriptors.STDIN);
                channel = ListeningSockets.inherited();
            } finally {
                StandardDescriptors.restore(stdin, StandardDescriptors.STDIN);
            }
            StandardDescriptors.close(descriptor);
            channel.configureBlocking(false); // Java believes that it blocks, whatever it was set to before
            channel.configureBlocking(true);
            return channel;
        } finally {
            STDIN_LOCK.unlock();
        }
    }

    /**
     * Closes an inherited channel and keeps standard output and standard error.
     *
     * <p>Java sends the descriptors 0, 1 and 2 to {@code /dev/null} when an inherited channel is closed, as inetd would
     * have it. A child that drains has yet to say what it does, so 1 and 2 are put back, unless the library for that cannot
     * be loaded: it drains all the same.
     *
     * @param channel the channel from {@link ListeningSockets#inherited()}
     * @throws IOException if closing fails
     */
    public static void closeInherited(ServerSocketChannel channel) throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try {
            StandardDescriptors.requireLibrary();
        } catch (IOException e) {
            LOG.warn("what this process prints from now on is lost: {}", e.getMessage());
            channel.close();
            return;
        }
        int output = StandardDescriptors.duplicate(StandardDescriptors.STDOUT);
        int error = StandardDescriptors.duplicate(StandardDescriptors.STDERR);
        try {
            channel.close();
        } finally {
            StandardDescriptors.restore(output, StandardDescriptors.STDOUT);
            StandardDescriptors.restore(error, StandardDescriptors.STDERR);
        }
    }
}
