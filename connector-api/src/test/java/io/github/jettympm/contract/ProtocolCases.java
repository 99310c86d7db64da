package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.upgradingToEcho;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** What may come before and after HTTP/1.1 on a connection. */
abstract class ProtocolCases extends Cases {
    private static final String UPGRADE = "GET / HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: echo\n\n";

    @Test
    void connectionMayBeUpgraded() throws Exception {
        site.start(upgradingToEcho());
        Client client = site.connect();

        Response response = client.send(UPGRADE).receive();

        assertEquals(101, response.status());
        assertEquals("one", client.send("one").receiveText(3));
        assertEquals("two", client.send("two").receiveText(3));
    }

    @Test
    void connectionMayBeUpgradedAfterOtherRequests() throws Exception {
        site.start(upgradingToEcho());
        Client client = site.connect();

        assertEquals(
                200,
                client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().status());
        assertEquals(101, client.send(UPGRADE).receive().status());
        assertEquals("one", client.send("one").receiveText(3));
    }

    @Test
    void bytesThatFollowTheUpgradeAreNotLost() throws Exception {
        site.start(upgradingToEcho());
        Client client = site.connect();

        client.send(UPGRADE + "early");

        assertEquals(101, client.receive().status());
        assertEquals("early", client.receiveText(5));
        assertEquals("late", client.send("late").receiveText(4));
    }

    @Test
    void recordsThatFollowTheUpgradeAreNotLost() throws Exception {
        site.start(upgradingToEcho());
        Client client = site.connect();

        client.sendTogether(UPGRADE, "early", "bird");

        assertEquals(101, client.receive().status());
        assertEquals("earlybird", client.receiveText(9));
        assertEquals("late", client.send("late").receiveText(4));
    }

    @Test
    void upgradedConnectionCarriesMuch() throws Exception {
        site.start(upgradingToEcho());
        byte[] content = Payload.ofSize(Payload.LARGE);
        Client client = site.connect().send(UPGRADE);
        assertEquals(101, client.receive().status());

        CompletableFuture<Client> sent = Background.run(() -> client.send(content));

        assertArrayEquals(content, client.receive(content.length));
        sent.get();
    }

    @Test
    void upgradedConnectionEndsWithItsClient() throws Exception {
        site.start(upgradingToEcho());
        Client client = site.connect().send(UPGRADE);
        assertEquals(101, client.receive().status());

        client.close();

        site.awaitNoEndPoints();
    }

    @Test
    void proxyProtocolTellsTheAddressOfTheClient() throws Exception {
        useProxyProtocol();
        site.start(answering(request -> Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request)));
        Client client = site.connectWithPreface("PROXY TCP4 192.0.2.1 192.0.2.2 1234 80\r\n");

        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "200 192.0.2.1:1234",
                    client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().summary());
        }
    }

    @Test
    void contentIsReadBehindTheProxyProtocol() throws Exception {
        useProxyProtocol();
        site.start(LambdaServlet.servlet((request, response) ->
                response.getOutputStream().write(request.getInputStream().readAllBytes())));
        byte[] content = Payload.ofSize(Payload.LARGE);
        Client client = site.connectWithPreface("PROXY TCP4 192.0.2.1 192.0.2.2 1234 80\r\n");

        client.send("POST / HTTP/1.1\nHost: localhost\nContent-Length: " + content.length + "\n\n")
                .send(content);

        assertArrayEquals(content, client.receive().body());
    }

    @Test
    void requestMayFollowTheProxyProtocolInOnePacket() throws Exception {
        assumeFalse(site.transport().isSecure(), "TLS speaks first");
        useProxyProtocol();
        site.start(answering(Request::getRemoteAddr));
        String request = "GET / HTTP/1.1\nHost: localhost\n\n";

        Client client = site.connect().send("PROXY TCP4 192.0.2.1 192.0.2.2 1234 80\n" + request + request);

        assertEquals("200 192.0.2.1", client.receive().summary());
        assertEquals("200 192.0.2.1", client.receive().summary());
    }

    @Test
    void proxyProtocolMayBeBinary() throws Exception {
        useProxyProtocol();
        site.start(answering(request -> Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request)));
        // Version 2, command PROXY, TCP over IPv4, 12 bytes of addresses and ports.
        Client client = site.connectWithPreface("\r\n\r\n\0\r\nQUIT\n" + "\u0021\u0011\0\u000c" + "\u00c0\0\u0002\u0001"
                + "\u00c0\0\u0002\u0002" + "\u0004\u00d2" + "\0\u0050");

        for (int i = 0; i < 3; i++) {
            assertEquals(
                    "200 192.0.2.1:1234",
                    client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().summary());
        }
    }

    @Test
    void proxyMaySpeakForItself() throws Exception {
        useProxyProtocol();
        site.start(answering(Request::getRemoteAddr));
        // Version 2, command LOCAL, no addresses.
        Client client = site.connectWithPreface("\r\n\r\n\0\r\nQUIT\n" + "\u0020\0\0\0");

        assertEquals(
                "200 127.0.0.1",
                client.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().summary());
    }

    private void useProxyProtocol() {
        ConnectionFactory[] next = site.transport().over(new HttpConnectionFactory(site.http));
        List<ConnectionFactory> factories = new ArrayList<>(List.of(new ProxyConnectionFactory(next[0].getProtocol())));
        factories.addAll(Arrays.asList(next));
        site.useFactoriesAsTheyAre(factories.toArray(ConnectionFactory[]::new));
    }

    @Test
    void clearTextOnThePortOfTlsDoesNotHurtOthers() throws Exception {
        assumeTrue(site.transport().isSecure(), "about TLS");
        site.start(answering(request -> "hello"));
        Client other = site.connect();

        assertThrows(IOException.class, () -> site.connectWithPreface("GET / HTTP/1.1\r\n\r\n"));

        assertEquals(
                "200 hello",
                other.send("GET / HTTP/1.1\nHost: localhost\n\n").receive().summary());
    }

    @Test
    void clientThatLeavesInTheMiddleOfTheHandshakeIsForgotten() throws Exception {
        assumeTrue(site.transport().isSecure(), "about TLS");
        site.start(answering(request -> "hello"));
        byte[] beginningOfClientHello = {22, 3, 1, 1, 0, 1, 0};

        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), site.connector().getLocalPort()));
            socket.getOutputStream().write(beginningOfClientHello);
            Site.await(
                    "no connection",
                    () -> !site.connector().getConnectedEndPoints().isEmpty());
        }

        site.awaitNoEndPoints();
        assertEquals(
                "200 hello",
                site.connect()
                        .send("GET / HTTP/1.1\nHost: localhost\n\n")
                        .receive()
                        .summary());
    }
}
