package io.github.jettympm.it;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.List;

/**
 * A listening socket as the kernel shows it.
 *
 * @param port where it listens
 * @param inode its number, which tells it from another one on the same port later
 * @param waiting connections in its queue
 */
record ListeningSocket(int port, long inode, int waiting) {
    /** Those that listen on a port now. */
    static List<ListeningSocket> on(int port) throws IOException {
        return TcpTable.read().stream()
                .filter(row -> row.isListening() && row.localPort() == port)
                .map(row -> new ListeningSocket(port, row.inode(), row.received()))
                .toList();
    }

    /** Whether its port cannot be bound, since some process still holds it; somebody else may have bound it meanwhile. */
    boolean isLeft() throws IOException {
        try (var again = new ServerSocket(port)) {
            return !again.isBound();
        } catch (BindException e) {
            return on(port).stream().anyMatch(it -> it.inode() == inode);
        }
    }
}
