package io.github.jettympm.event;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyInterestTest {
    private final KeyInterest interest = new KeyInterest();
    private Selector selector;
    private SocketChannel client;
    private SocketChannel server;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listener.getLocalAddress());
            server = listener.accept();
        }
        server.configureBlocking(false);
        key = server.register(selector, 0);
        interest.attach(key);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        selector.close();
    }

    private void send() throws IOException {
        client.write(ByteBuffer.wrap(new byte[1]));
    }

    /** What the connection is told when its key is selected, which has to happen. */
    private int taken() throws IOException {
        assertEquals(1, selector.select());
        selector.selectedKeys().clear();
        return interest.take();
    }

    private void read() throws IOException {
        server.read(ByteBuffer.allocate(16));
    }

    @Test
    void firstWaitHasToWakeTheLoop() throws Exception {
        assertTrue(interest.await(OP_READ));
        send();

        assertEquals(OP_READ, taken());
    }

    @Test
    void nextWaitNeedsNobodyIfNothingCameInBetween() throws Exception {
        interest.await(OP_READ);
        send();
        taken();
        read();

        assertEquals(OP_READ, key.interestOps());
        assertFalse(interest.await(OP_READ));
        send();
        assertEquals(OP_READ, taken());
    }

    @Test
    void whatComesWhileNobodyWaitsIsToldWhenSomebodyDoes() throws Exception {
        interest.await(OP_READ);
        send();
        taken();
        read();
        send();

        assertEquals(0, taken());
        assertEquals(0, selector.selectNow()); // or the loop would spin
        assertTrue(interest.await(OP_READ));
        assertEquals(OP_READ, taken());
    }

    @Test
    void whoseBytesWereUntimelyIsDisarmedBeforehandTheNextTime() throws Exception {
        whatComesWhileNobodyWaitsIsToldWhenSomebodyDoes();

        assertEquals(0, key.interestOps());
        interest.await(OP_READ);
        assertEquals(OP_READ, taken());
        assertEquals(OP_READ, key.interestOps());
    }

    @Test
    void roomToWriteIsToldOnce() throws Exception {
        assertTrue(interest.await(OP_WRITE));

        assertEquals(OP_WRITE, taken());
        assertEquals(0, selector.selectNow());
        assertTrue(interest.await(OP_WRITE));
    }

    @Test
    void bothAreToldTogether() throws Exception {
        interest.await(OP_READ);
        interest.await(OP_WRITE);
        send();
        do {
            selector.selectedKeys().clear();
            selector.select();
        } while (key.readyOps() != (OP_READ | OP_WRITE));

        assertEquals(OP_READ | OP_WRITE, interest.take());
    }

    @Test
    void closedConnectionSaysSo() throws Exception {
        server.close();

        assertThrows(CancelledKeyException.class, () -> interest.await(OP_READ));
    }
}
