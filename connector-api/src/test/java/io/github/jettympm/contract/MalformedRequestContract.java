package io.github.jettympm.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What our connectors do better than the stock one: Jetty answers a malformed request on another thread than the one that has read it,
 * and the two of them share the buffer of the connection. See docs/reliability.md.
 */
public abstract class MalformedRequestContract {
    private static final int CONNECTIONS = 200;

    private final ObservantPool pool = new ObservantPool();
    private final Site site = new Site(this::newConnector, Transport.CLEAR_TEXT, pool);

    /**
     * Makes a connector that serves in this process.
     *
     * @param server the server it is for
     * @param factories its protocols
     * @return a connector that is not started
     */
    protected abstract AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories);

    @BeforeEach
    void start() throws Exception {
        site.start(new DescribingHandler());
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void clientThatEndsItsSendingHearsOfIt() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            assertAnswers(answers(i), i);
        }
    }

    @Test
    void requestsOfSeveralClientsAreAnsweredOnceAndToTheirOwn() {
        IntStream.range(0, CONNECTIONS).parallel().forEach(i -> assertAnswers(answersUnchecked(i), i));
    }

    @Test
    void nobodyGoesOnWithTheConnectionBeforeItsReaderIsBack() throws IOException {
        pool.holdReaders = true;

        assertAnswers(answers(1), 1);

        assertTrue(pool.held);
        assertFalse(pool.wentOnBeforeReaderWasBack);
    }

    private static void assertAnswers(String answers, int number) {
        String[] each = answers.split("(?=HTTP/1.1 \\d)");
        assertEquals(2, each.length, answers);
        assertTrue(each[0].startsWith("HTTP/1.1 200") && each[0].contains("/first" + number + " "), answers);
        assertTrue(each[1].startsWith("HTTP/1.1 400"), answers);
    }

    private String answersUnchecked(int number) {
        try {
            return answers(number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a request, a malformed one and another one at once, and then nothing more. */
    private String answers(int number) throws IOException {
        String requests = "GET /first" + number + " HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\034\r\n\r\n"
                + "GET /third HTTP/1.1\r\nHost: a\r\n\r\n";
        try (Client client = new Client(Transport.CLEAR_TEXT, site.connector().getLocalPort())) {
            client.send(requests.getBytes(ISO_8859_1));
            client.endSending();
            return client.receiveAll();
        }
    }

    /** Keeps who has read a malformed request until the one who answers it has gone as far as it can. */
    private static final class ObservantPool extends QueuedThreadPool {
        volatile boolean holdReaders;
        volatile boolean held;
        volatile boolean wentOnBeforeReaderWasBack;
        private volatile boolean holding;

        @Override
        public boolean tryExecute(Runnable task) {
            return holdReaders && isMalformed() ? answer(task) : super.tryExecute(task);
        }

        private static boolean isMalformed() {
            return StackWalker.getInstance()
                    .walk(frames -> frames.anyMatch(frame -> "badMessage".equals(frame.getMethodName())));
        }

        private boolean answer(Runnable task) {
            held = true;
            holding = true;
            Thread answering = new Thread(task, "answering");
            answering.start();
            Site.await("it is not answered", () -> !answering.isAlive() || isOurs(LockSupport.getBlocker(answering)));
            holding = false;
            return true;
        }

        private static boolean isOurs(Object blocker) {
            return blocker != null && blocker.getClass().getName().startsWith("io.github.jettympm.");
        }

        @Override
        public void execute(Runnable task) {
            wentOnBeforeReaderWasBack |= holding && task instanceof HttpConnection;
            super.execute(task);
        }
    }
}
