package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.upgradingTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jettympm.SocketConnector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;

/** Protocols other than HTTP: several threads send to a client while the connection waits for what the client sends. */
abstract class PushCases extends Cases {
    private static final int THREADS = 4;
    private static final int PIECES = 20;
    private static final int PIECE = 100_000;
    private static final int LESS_THAN_A_RECORD = 4 * 1024;

    private final CompletableFuture<PushConnection> opened = new CompletableFuture<>();

    /** A client of a connection that HTTP was spoken on before. */
    private Client connectAfterUpgrade() throws Exception {
        site.start(upgradingTo((endPoint, executor) -> new PushConnection(endPoint, executor, opened)));
        Client client = site.connectWithReceiveBuffer(64 * 1024);
        client.send("GET / HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: push\n\n");
        assertEquals(101, client.receive().status());
        return client;
    }

    /** A client of a connection that knows no HTTP. */
    private Client connectWithoutHttp() throws Exception {
        site.useFactories(new PushFactory());
        site.start(Handlers.answeringPath());
        return site.connectWithReceiveBuffer(64 * 1024);
    }

    /** The connection, when it waits for what the client sends. */
    private PushConnection awaitWaiting(Client client) throws Exception {
        PushConnection connection = opened.get();
        client.send("x");
        Site.await("nothing has come", () -> connection.received() == 1);
        return connection;
    }

    private static List<CompletableFuture<Void>> push(PushConnection connection) {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] piece = piece('a' + i);
            threads.add(Background.run(() -> {
                for (int sent = 0; sent < PIECES; sent++) {
                    connection.push(piece);
                }
                return null;
            }));
        }
        return threads;
    }

    private static byte[] piece(int letter) {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) letter);
        return piece;
    }

    private static void assertReceivesAllPieces(Client client) throws IOException {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < THREADS * PIECES; i++) {
            byte[] piece = client.receive(PIECE);
            assertArrayEquals(piece(piece[0]), piece);
            counts.merge(piece[0] - 'a', 1, Integer::sum);
        }
        for (int i = 0; i < THREADS; i++) {
            assertEquals(PIECES, counts.get(i), "pieces of thread " + i);
        }
    }

    private void assertSilentClientReceivesAll(Client client) throws Exception {
        List<CompletableFuture<Void>> threads = push(awaitWaiting(client));

        assertReceivesAllPieces(client);
        for (CompletableFuture<Void> thread : threads) {
            thread.get();
        }
    }

    private void assertClientThatSendsReceivesAll(Client client) throws Exception {
        byte[] content = new byte[Payload.LARGE];
        PushConnection connection = awaitWaiting(client);
        push(connection);
        CompletableFuture<Client> sent = Background.run(() -> client.send(content));

        assertReceivesAllPieces(client);
        sent.get();
        Site.await("not all has come", () -> connection.received() == 1 + content.length);
    }

    private void assertClientMaySendAllBeforeItReads(Client client) throws Exception {
        byte[] content = new byte[8 * 1024 * 1024];
        PushConnection connection = awaitWaiting(client);
        push(connection);

        client.send(content);

        Site.await("not all has come", () -> connection.received() == 1 + content.length);
        assertReceivesAllPieces(client);
    }

    @Test
    void clientIsSilentAfterAnUpgrade() throws Exception {
        assertSilentClientReceivesAll(connectAfterUpgrade());
    }

    @Test
    void clientSendsAfterAnUpgrade() throws Exception {
        assertClientThatSendsReceivesAll(connectAfterUpgrade());
    }

    @Test
    void clientSendsAllBeforeItReadsAfterAnUpgrade() throws Exception {
        assertClientMaySendAllBeforeItReads(connectAfterUpgrade());
    }

    @Test
    void clientIsSilentWithoutHttp() throws Exception {
        assertSilentClientReceivesAll(connectWithoutHttp());
    }

    @Test
    void clientSendsWithoutHttp() throws Exception {
        assertClientThatSendsReceivesAll(connectWithoutHttp());
    }

    @Test
    void clientSendsAllBeforeItReadsWithoutHttp() throws Exception {
        assertClientMaySendAllBeforeItReads(connectWithoutHttp());
    }

    /** The writer waits until the reader has got everything; so the reader must not wait for the rest of that write. */
    @Test
    void clientSendsAllWhileAWriterIsHeldUp() throws Exception {
        assumeTrue(site.transport().isSecure(), "about TLS");
        CountDownLatch heldUp = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SslContextFactory.Server server =
                TestCertificate.serverFactory(site.transport().protocol());
        PushFactory push = new PushFactory();
        site.useFactoriesAsTheyAre(
                new PausingTls(server, push.getProtocol(), () -> {
                    heldUp.countDown();
                    awaitQuietly(goOn);
                }),
                push);
        assumeTrue(site.connector() instanceof SocketConnector, "the reader of Jetty's own waits");
        ((SocketConnector) site.connector()).setAcceptedSendBufferSize(LESS_THAN_A_RECORD);
        site.start(Handlers.answeringPath());
        Client client = site.connectWithReceiveBuffer(LESS_THAN_A_RECORD);
        byte[] content = new byte[8 * 1024 * 1024];
        PushConnection connection = awaitWaiting(client);
        push(connection);
        heldUp.await();

        client.send(content);

        Site.await("not all has come", () -> connection.received() == 1 + content.length);
        goOn.countDown();
        assertReceivesAllPieces(client);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class PushFactory extends AbstractConnectionFactory {
        PushFactory() {
            super("push");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new PushConnection(endPoint, connector.getExecutor(), opened), connector, endPoint);
        }
    }
}
