package io.github.jettympm.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.contract.Site;
import io.github.jettympm.settings.ListenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ListenQueueTest {
    private static Socket connect(ServerSocketChannel channel) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), channel.socket().getLocalPort());
    }

    @Test
    void connectionsWaitUntilTheyAreAccepted() throws IOException {
        try (ServerSocketChannel channel = ListeningSockets.bind(new ListenSettings(null, 0, 0, true, false))) {
            ListenQueue queue = new ListenQueue(channel);
            assertEquals(0, queue.waiting());

            try (Socket first = connect(channel);
                    Socket second = connect(channel)) {
                // A client is connected before the kernel has put it into the queue.
                Site.await(first + " and " + second + " do not wait", () -> queue.waiting() == 2);
                channel.accept().close();
                assertEquals(1, queue.waiting());
            }
        }
    }

    /** The kernel forgets a connection for which there is no room, and its client tries again a second later. */
    @Test
    @Timeout(60)
    void hundredsMayWaitUnlessOneSaysOtherwise() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (ServerSocketChannel channel = ListeningSockets.bind(new ListenSettings(null, 0, 0, true, false))) {
            for (int i = 0; i < 400; i++) {
                clients.add(connect(channel));
            }

            ListenQueue queue = new ListenQueue(channel);
            Site.await("not all wait", () -> queue.waiting() == 400);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void limitIsTheOneThatWasAskedFor() throws IOException {
        try (ServerSocketChannel channel = ListeningSockets.bind(new ListenSettings(null, 0, 7, true, false))) {
            assertEquals(7, new ListenQueue(channel).limit());
        }
    }

    @Test
    void nothingWaitsAtAClosedSocket() throws IOException {
        ServerSocketChannel channel = ListeningSockets.bind(new ListenSettings(null, 0, 0, true, false));
        ListenQueue queue = new ListenQueue(channel);

        channel.close();

        assertEquals(0, queue.waiting());
        assertEquals(0, queue.limit());
    }
}
