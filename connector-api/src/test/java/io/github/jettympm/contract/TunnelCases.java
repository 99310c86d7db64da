package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.handler.ConnectHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is a proxy: {@code CONNECT} makes a tunnel of a connection (RFC 9110, 9.3.6), here to an echo. */
abstract class TunnelCases extends Cases {
    private ServerSocket target;

    @BeforeEach
    void startProxy() throws Exception {
        target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        site.start(new ConnectHandler());
    }

    @AfterEach
    void closeTarget() throws IOException {
        target.close();
    }

    /** Echoes on the next connection; completed when that has ended. */
    private CompletableFuture<Long> echo() {
        return Background.run(() -> {
            try (Socket socket = target.accept()) {
                return socket.getInputStream().transferTo(socket.getOutputStream());
            }
        });
    }

    private Client openTunnel(String early) throws IOException {
        String authority = "localhost:" + target.getLocalPort();
        Client client = site.connect().send("CONNECT " + authority + " HTTP/1.1\nHost: " + authority + "\n\n" + early);
        assertEquals(200, client.receiveHead().status());
        return client;
    }

    @Test
    void tunnelCarriesMuchBothWaysAtOnce() throws Exception {
        echo();
        byte[] content = Payload.ofSize(Payload.LARGE);
        Client client = openTunnel("");

        CompletableFuture<Client> sent = Background.run(() -> client.send(content));

        assertArrayEquals(content, client.receive(content.length));
        sent.get();
        assertEquals("more", client.send("more").receiveText(4));
    }

    @Test
    void bytesThatFollowTheRequestAreNotLost() throws Exception {
        echo();

        Client client = openTunnel("early");

        assertEquals("early", client.receiveText(5));
        assertEquals("late", client.send("late").receiveText(4));
    }

    @Test
    void tunnelMayFollowOtherRequests() throws Exception {
        echo();
        Client client = site.connect();
        assertEquals(
                404,
                client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().status());

        String authority = "localhost:" + target.getLocalPort();
        client.send("CONNECT " + authority + " HTTP/1.1\nHost: " + authority + "\n\n");

        assertEquals(200, client.receiveHead().status());
        assertEquals("hello", client.send("hello").receiveText(5));
    }

    @Test
    void tunnelEndsWithItsClient() throws Exception {
        CompletableFuture<Long> echo = echo();
        Client client = openTunnel("");
        client.send("hello").receiveText(5);

        client.close();

        assertEquals(5, echo.get());
        site.awaitNoEndPoints();
    }

    @Test
    void tunnelEndsWithItsServer() throws Exception {
        assumeFalse(site.transport().isSecure(), "Jetty's handler keeps the client's half until its idle timeout");
        CompletableFuture<Socket> accepted = Background.run(target::accept);
        Client client = openTunnel("");

        accepted.get().close();

        assertEquals("", client.receiveToEnd());
    }
}
