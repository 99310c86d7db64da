package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.contract.Site;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(8)
class LoopExecutorTest {
    private final QueuedThreadPool pool = new QueuedThreadPool();
    private final Server server = new Server(pool);
    private final EventConnector connector = new EventConnector(server);

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private void start() throws Exception {
        server.addConnector(connector);
        server.start();
    }

    @Test
    void whatNoLoopReadsRunsInThePool() throws Exception {
        pool.setName("the-pool");
        start();
        var thread = new CompletableFuture<Thread>();

        connector.getExecutor().execute(() -> thread.complete(Thread.currentThread()));

        assertTrue(thread.get().getName().startsWith("the-pool"), thread.get().getName());
    }

    /** LowResourceMonitor asks a connector's executor whether it is low on threads. */
    @Test
    void itIsAPoolThatKnowsItsThreads() throws Exception {
        start();

        ThreadPool seen = (ThreadPool) connector.getExecutor();

        Site.await("other threads", () -> pool.getThreads() == seen.getThreads()); // the pool may just start some
        assertEquals(pool.isLowOnThreads(), seen.isLowOnThreads());
        assertTrue(seen.getIdleThreads() <= seen.getThreads());
    }

    @Test
    void protocolsDoNotWakeAThreadForEachRequest() throws Exception {
        start();

        assertFalse(connector.getExecutor() instanceof TryExecutor);
    }

    @Test
    void aConnectorThatDoesNotRunHasItsOwnExecutor() throws Exception {
        assertSame(pool, connector.getExecutor());
        start();
        connector.stop();
        assertSame(pool, connector.getExecutor());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void withVirtualThreadsRequestsAreLeftToThem() throws Exception {
        pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("virtual-"));
        start();

        assertSame(pool, connector.getExecutor());
    }
}
