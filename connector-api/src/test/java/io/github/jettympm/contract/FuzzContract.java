package io.github.jettympm.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams of bytes that nobody has thought of: they hang nothing, leave nothing behind, make the server say nothing, and are
 * answered as by the stock connector, into whatever packets they are torn. {@code -Dfuzz.seed=N} repeats what a failure
 * names; {@code -Dfuzz.seconds=600} looks for longer.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@Tag("once")
public abstract class FuzzContract {
    private static final long USUAL_SECONDS = 30; // for worker as for event, so a minute for what they have in common
    private static final long SECONDS = Long.getLong("fuzz.seconds", USUAL_SECONDS);
    private static final long SEED = Long.getLong("fuzz.seed", SECONDS == USUAL_SECONDS ? 1 : System.nanoTime());
    private static final int CONNECTIONS = Integer.getInteger("fuzz.connections", 3_000);
    private static final int WARM_UP = 500;
    private static final int MORE_THREADS = 8; // the least that a pool keeps
    private static final int THREAD_IDLE_MILLIS = 100; // then a pool lets a spare one go
    private static final int LONG_MILLIS = 600_000;
    private static final int LAST_ONES = 4; // on the stacks of threads that wait for the next
    private static final long MORE_HEAP = 16L << 20; // what the tests themselves keep

    private static final int STOCK_TRIES = 100;
    private static final int RESET_TRIES = 10;
    private static final int IN_MEMORY_SECONDS = 10;

    private static final String ERROR_STATUS = "(HTTP/1.1 [45]\\d\\d )";
    private static final String NO_OTHER_ANSWER = "(?:(?!HTTP/1.1 \\d).)*";
    private static final Pattern ERROR = Pattern.compile(ERROR_STATUS + NO_OTHER_ANSWER, Pattern.DOTALL);
    private static final Pattern LAST_ERROR = Pattern.compile(ERROR_STATUS + NO_OTHER_ANSWER + "$", Pattern.DOTALL);

    /** What a client may hear that has already ended its sending, and will not continue. */
    private static final Pattern CONTINUE = Pattern.compile("HTTP/1.1 100 Continue\\s*$");

    /** Two requests; the first has chunks, an extension and a trailer. */
    private static final String PIPELINED = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "2;x=y\r\nhi\r\n0\r\nX: 1\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static final List<byte[]> HONEST =
            List.of("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));

    private final Mutations mutations = new Mutations();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream errors = System.err;
    private Site ours;
    private Site stock;
    private LocalConnector memory;

    /**
     * Makes a connector that serves in this process.
     *
     * @param server the server it is for
     * @param factories its protocols
     * @return a connector that is not started
     */
    protected abstract AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories);

    @BeforeEach
    void startServers() throws Exception {
        System.setErr(new PrintStream(said, true));
        ours = made(this::newConnector);
        ours.start(ContractServer.handler());
        stock = made((server, factories) -> new ServerConnector(server, factories));
        memory = new LocalConnector(stock.server, new HttpConnectionFactory(stock.http));
        stock.connector();
        stock.server.addConnector(memory);
        stock.start(ContractServer.handler());
    }

    private static Site made(Site.ConnectorMaker maker) {
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setIdleTimeout(THREAD_IDLE_MILLIS);
        return new Site(maker, Transport.CLEAR_TEXT, pool);
    }

    @AfterEach
    void stopServers() throws Exception {
        ours.close();
        stock.server.stop(); // which may have lost buffers: see docs/reliability.md
        System.setErr(errors);
        List<String> lines = said.toString()
                .lines()
                .filter(line -> line.contains(ServerProcess.OURS))
                .toList();
        assertEquals(List.of(), lines, "said above DEBUG");
    }

    /** What came to a client that sends these pieces and then nothing more; tried again if a reset may have taken something back. */
    private static String answers(Site site, List<byte[]> pieces) throws IOException {
        String longest = "";
        for (int tries = 0; tries < RESET_TRIES; tries++) {
            try (Client client =
                    new Client(Transport.CLEAR_TEXT, site.connector().getLocalPort())) {
                String received = received(client, pieces, () -> {});
                longest = received.length() > longest.length() ? received : longest;
                if (!client.isReset()) {
                    break;
                }
            }
        }
        return RawExchange.neutral(longest, site.connector().getLocalPort());
    }

    private static String received(Client client, List<byte[]> pieces, Pause pause) {
        try {
            for (byte[] piece : pieces) {
                client.send(piece);
                pause.await();
            }
            client.endSending();
        } catch (IOException e) {
            // The server has closed already.
        }
        return client.receiveAll();
    }

    /** What a client does between two pieces. */
    private interface Pause {
        void await() throws IOException;
    }

    /** The same from a client so slow that the stock connector has read a piece before the next one comes. */
    private String answersToEachPieceAlone(List<byte[]> pieces) throws IOException {
        int port = stock.connector().getLocalPort();
        try (Client client = new Client(Transport.CLEAR_TEXT, port)) {
            // As long as another exchange takes, the piece has been read.
            return RawExchange.neutral(received(client, pieces, () -> answers(stock, HONEST)), port);
        }
    }

    /** The same without a network, whose kernel takes back what was sent when a connection is closed with input that nobody has read. */
    private String answersInMemory(List<byte[]> pieces) {
        LocalConnector.LocalEndPoint client = memory.connect();
        pieces.forEach(piece -> client.addInputAndExecute(ByteBuffer.wrap(piece)));
        client.addInputEOF();
        client.waitUntilClosedOrIdleFor(IN_MEMORY_SECONDS, TimeUnit.SECONDS);
        return RawExchange.neutral(
                client.getOutputString(ISO_8859_1), stock.connector().getLocalPort());
    }

    private static List<byte[]> torn(byte[] stream, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 400));
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        return pieces;
    }

    private void compare(byte[] stream, long seed) throws IOException {
        String expected = answers(stock, List.of(stream));
        String failure = "-Dfuzz.seed=" + seed + ", for the corpus: " + Mutations.escaped(stream);
        assertTrue(!expected.endsWith(Client.STILL_OPEN), () -> "hangs the stock connector: " + failure);

        compare(expected, List.of(stream), failure);
        if (stream.length < 2_000) {
            compare(expected, torn(stream, new Random(seed)), "in pieces, " + failure);
        }
    }

    /**
     * What the stock connector answers may depend on the moment, when it speaks of an error or closes with input that nobody has read. What
     * ours answers is right if the stock connector answers it too, or more at one time and not more at another one.
     */
    private void compare(String expected, List<byte[]> pieces, String failure) throws IOException {
        UnaryOperator<String> form = pieces.size() == 1 ? UnaryOperator.identity() : FuzzContract::withoutTextOfError;
        String answers = answers(ours, pieces);
        StockAnswers stockAnswers = new StockAnswers(answers, form);
        stockAnswers.add(expected);
        for (int tries = 1; tries < STOCK_TRIES && !stockAnswers.explain(); tries++) {
            stockAnswers.add(
                    switch (tries % 3) {
                        case 1 -> answers(stock, pieces);
                        case 2 -> answersInMemory(pieces);
                        default -> answersToEachPieceAlone(pieces);
                    });
        }
        if (!stockAnswers.explain()) {
            assertEquals(stockAnswers.longest(), answers, failure);
        }
    }

    /** What the stock connector has answered to the same bytes so far, beside what ours answers. */
    private static final class StockAnswers {
        private final String ours;
        private final UnaryOperator<String> form;
        private boolean same;
        private boolean asShort;
        private String longest = "";

        StockAnswers(String ours, UnaryOperator<String> form) {
            this.ours = ours;
            this.form = form;
        }

        void add(String stock) {
            same |= isAlike(stock, ours) || isAlike(form.apply(stock), form.apply(ours));
            asShort |= isBegun(stock, ours);
            longest = stock.length() > longest.length() ? stock : longest;
        }

        boolean explain() {
            return same || asShort && isBegun(ours, longest);
        }

        String longest() {
            return longest;
        }

        /** Whether these are the first ones of all answers, or none. */
        private static boolean isBegun(String first, String all) {
            return all.startsWith(first)
                    && (all.length() == first.length() || all.startsWith("HTTP/1.1 ", first.length()));
        }
    }

    private static String withoutTextOfError(String answers) {
        return LAST_ERROR.matcher(answers).replaceFirst("$1");
    }

    /** The same, or the same but for the word to continue or the error at the end, of which a client that has ended its sending may not hear from the stock connector. */
    private static boolean isAlike(String expected, String answers) {
        return CONTINUE.matcher(answers)
                        .replaceFirst("")
                        .equals(CONTINUE.matcher(expected).replaceFirst(""))
                || answers.startsWith(expected)
                        && ERROR.matcher(answers.substring(expected.length())).matches();
    }

    @Test
    void streamsThatFoundSomethingAreAnsweredAsByTheStockConnector() throws IOException {
        for (byte[] stream : Mutations.corpus()) {
            compare(stream, 0);
        }
    }

    @Test
    void anyStreamIsAnsweredAsByTheStockConnector() throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long streams = 0;
        for (; System.nanoTime() - end < 0; streams++) {
            compare(mutations.make(SEED + streams), SEED + streams);
        }
        System.out.printf("%s: %d streams, seed %d%n", getClass().getSimpleName(), streams, SEED);
    }

    /** All connections get their first piece before the first one gets its second, so each piece is read alone. */
    @Test
    void aReadMayEndAtAnyByte() throws Exception {
        byte[] stream = PIPELINED.getBytes(ISO_8859_1);
        String expected = answers(stock, List.of(stream));
        List<Client> clients = new ArrayList<>();
        for (int at = 1; at < stream.length; at++) {
            clients.add(ours.connect().send(Arrays.copyOf(stream, at)));
        }
        answers(ours, List.of(stream)); // as long as that takes, those bytes have been read

        for (int at = 1; at < stream.length; at++) {
            Client client = clients.get(at - 1);
            client.send(Arrays.copyOfRange(stream, at, stream.length));
            String split = "split after " + at + " bytes";
            assertEquals(
                    expected,
                    RawExchange.neutral(client.receiveAll(), ours.connector().getLocalPort()),
                    split);
        }
    }

    @Test
    void connectionsThatEndInAnyWayLeaveNothingBehind() throws Exception {
        ours.connector().setIdleTimeout(LONG_MILLIS); // nothing is to be kept until then
        Queue<Reference<EndPoint>> opened = new ConcurrentLinkedQueue<>();
        ours.connector().addBean(openings(opened));
        abandon(0, WARM_UP);
        ours.awaitNoEndPoints();
        long descriptors = descriptors();
        int threads = threads();
        long heap = heap();

        abandon(WARM_UP, CONNECTIONS);

        ours.awaitNoEndPoints();
        Site.await("descriptors are left", () -> descriptors() <= descriptors);
        Site.await("threads are left", () -> threads() <= threads + MORE_THREADS);
        Site.await("endpoints are kept", () -> heap() > 0 && kept(opened) <= LAST_ONES);
        Site.await("heap has grown", () -> heap() < heap + MORE_HEAP);
        System.out.printf(
                "%s: %d connections; descriptors %d, then %d; threads %d, then %d; heap %d KB, then %d KB%n",
                getClass().getSimpleName(),
                CONNECTIONS,
                descriptors,
                descriptors(),
                threads,
                threads(),
                heap / 1024,
                heap() / 1024);
    }

    private static Connection.Listener openings(Queue<Reference<EndPoint>> opened) {
        return new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                opened.add(new WeakReference<>(connection.getEndPoint()));
            }
        };
    }

    private static int kept(Queue<Reference<EndPoint>> opened) {
        opened.removeIf(endPoint -> endPoint.get() == null);
        return opened.size();
    }

    /** Opens connections and leaves them in the middle of what they send or get. */
    private void abandon(int from, int connections) throws IOException {
        for (int i = from; i < from + connections; i++) {
            Random random = new Random(SEED + i);
            byte[] stream = mutations.make(SEED + i);
            try (Client client =
                    new Client(Transport.CLEAR_TEXT, ours.connector().getLocalPort())) {
                client.send(stream, 0, random.nextInt(stream.length + 1));
                switch (random.nextInt(4)) {
                    case 0 -> client.reset();
                    case 1 -> client.drop();
                    case 2 -> {
                        client.endSending();
                        client.receiveAll();
                    }
                    default -> client.endSending();
                }
            } catch (IOException e) {
                // The server has closed already.
            }
        }
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
