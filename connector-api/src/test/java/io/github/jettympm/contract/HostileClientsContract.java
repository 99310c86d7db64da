package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an honest client feels of a thousand hostile ones; a measurement, whose table is printed. What is asserted is that the server
 * serves again when they have gone, and has said nothing that an operator need not read.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("long")
public abstract class HostileClientsContract {
    private static final int CLIENTS = 1_000;
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final long LEAD = 4; // seconds until an attack has all its connections
    private static final Path SLOWHTTPTEST = Path.of("/usr/bin/slowhttptest");

    private static final String[] SLOW_CONTENT = {"-B", "-i", "2", "-s", "8192"};

    /** Of the record of a client hello (RFC 8446, 5.1). */
    private static final byte[] HALF_A_HELLO = {22, 3, 1, 1, 0, 1};

    private static final byte[] HALF_A_HEAD = "GET / HTTP/1.1\r\nHost: a\r\nX: ".getBytes(StandardCharsets.US_ASCII);

    private final Class<? extends AbstractNetworkConnector> connector;
    private final List<String> settings;

    @TempDir
    Path directory;

    /**
     * Names the connector.
     *
     * @param connector a class with a constructor that takes a server and factories
     * @param settings those of the connector, as {@code name=value}
     */
    protected HostileClientsContract(Class<? extends AbstractNetworkConnector> connector, String... settings) {
        this.connector = connector;
        this.settings = List.of(settings);
    }

    /** What the operator has done about it. */
    enum Remedy {
        NONE,
        READ_TIMEOUT
    }

    /** Something hostile that goes on until it is closed. */
    private interface Attack extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void honestClientsMeetHostileOnes(Remedy remedy) throws Exception {
        List<String> all = new ArrayList<>(settings);
        if (remedy == Remedy.READ_TIMEOUT) {
            all.add("requestReadTimeout=handshake=3 header=3 body=3,MinRate=500");
            all.add("keepAliveTimeout=2000");
        }
        try (ServerProcess server = ServerProcess.start(directory, connector, Transport.CLEAR_TEXT, all)) {
            int port = server.port();
            HonestClient.Experience calm = undisturbed(server, Transport.CLEAR_TEXT, all);
            if (Files.isExecutable(SLOWHTTPTEST)) {
                during(port, "slow heads", calm, slowhttptest(port, "-H", "-i", "2"));
                during(port, "slow content", calm, slowhttptest(port, SLOW_CONTENT));
                during(
                        port,
                        "slow readers",
                        calm,
                        slowhttptest(port, "-X", "-w", "16", "-y", "32", "-n", "2", "-z", "8"));
            }
            during(port, "silent connections", calm, connections(port, new byte[0]));
            during(port, "halves of a head", calm, connections(port, HALF_A_HEAD));
            during(port, "resets everywhere", calm, resets(port));
            assertServesOn(server, Transport.CLEAR_TEXT);
        }
    }

    /** What they feel of slow content if requests are handled when it is there. */
    protected void measureSlowContentThatIsAwaited() throws Exception {
        assumeTrue(Files.isExecutable(SLOWHTTPTEST), SLOWHTTPTEST + " is not there");
        List<String> all = new ArrayList<>(settings);
        all.add(ContractServer.EAGER_CONTENT);
        try (ServerProcess server = ServerProcess.start(directory, connector, Transport.CLEAR_TEXT, all)) {
            HonestClient.Experience calm = undisturbed(server, Transport.CLEAR_TEXT, all);
            during(server.port(), "slow content", calm, slowhttptest(server.port(), SLOW_CONTENT));
            assertServesOn(server, Transport.CLEAR_TEXT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void honestClientsMeetHandshakesThatDoNotEnd(Remedy remedy) throws Exception {
        List<String> all = new ArrayList<>(settings);
        if (remedy == Remedy.READ_TIMEOUT) {
            all.add("requestReadTimeout=handshake=3");
        }
        try (ServerProcess server = ServerProcess.start(directory, connector, Transport.TLS_1_3, all)) {
            HonestClient.Experience calm = undisturbed(server, Transport.TLS_1_3, all);
            Attack attack = connections(server.port(), HALF_A_HELLO);
            print("halves of a handshake", calm, measured(Transport.TLS_1_3, server.port()));
            attack.close();
            assertServesOn(server, Transport.TLS_1_3);
        }
    }

    private HonestClient.Experience undisturbed(ServerProcess server, Transport transport, List<String> all) {
        HonestClient.Experience calm = measured(transport, server.port());
        System.out.printf("%s %s, %s%n  %-22s %s%n", connector.getSimpleName(), all, transport, "undisturbed", calm);
        return calm;
    }

    private static void assertServesOn(ServerProcess server, Transport transport) throws IOException {
        assertTrue(measured(transport, server.port()).answered() > 0, "does not serve any more");
        assertEquals(List.of(), server.complaints());
    }

    private static HonestClient.Experience measured(Transport transport, int port) {
        return new HonestClient(transport, port).ask(MEASURED);
    }

    private static void during(int port, String name, HonestClient.Experience calm, Attack attack) throws Exception {
        try (attack) {
            new CountDownLatch(1).await(LEAD, TimeUnit.SECONDS); // nobody counts it down
            print(name, calm, measured(Transport.CLEAR_TEXT, port));
        }
    }

    private static void print(String name, HonestClient.Experience calm, HonestClient.Experience now) {
        String verdict = now.answered() == 0
                ? "shut out"
                : "%.1f x undisturbed: %s"
                        .formatted(
                                (double) now.p99() / calm.p99(),
                                now.p99() <= 2 * calm.p99() && now.unanswered() == 0 ? "within 2 x" : "more than 2 x");
        System.out.printf("  %-22s %s, %s%n", name, now, verdict);
    }

    private static Attack slowhttptest(int port, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                SLOWHTTPTEST.toString(),
                "-c",
                Integer.toString(CLIENTS),
                "-r",
                "400",
                "-l",
                "60",
                "-p",
                "10",
                "-u",
                "http://127.0.0.1:" + port + "/"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process::destroyForcibly;
    }

    /** Asks for all connections at once; those that the server's queue has no place for go on asking. */
    private static Attack connections(int port, byte[] bytes) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
        for (SocketChannel channel : channels) {
            if (channel.finishConnect()) {
                channel.write(ByteBuffer.wrap(bytes));
            }
        }
        return () -> {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        };
    }

    private static Attack resets(int port) {
        CountDownLatch end = new CountDownLatch(1);
        Mutations mutations = new Mutations();
        CompletableFuture<Void> attacker = Background.run(() -> {
            for (long seed = 0; end.getCount() > 0; seed++) {
                reset(port, mutations.make(seed), new Random(seed));
            }
            return null;
        });
        return () -> {
            end.countDown();
            attacker.join();
        };
    }

    private static void reset(int port, byte[] stream, Random random) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(stream, 0, random.nextInt(stream.length + 1));
        } catch (IOException e) {
            // The server was faster.
        }
    }
}
