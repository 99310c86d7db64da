package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.SessionIdManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers with one application and one database, as several processes have them, and sessions that have expired. */
@Timeout(60)
class ExpiryTest {
    private static final int SESSIONS = 40;

    @TempDir
    private Path directory;

    private final List<Server> servers = new ArrayList<>();
    private final BlockingQueue<String> destroyed = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws Exception {
        for (Server server : servers) {
            server.stop();
        }
    }

    private Server start() throws Exception {
        var server = new Server();
        var store = new SharedSessionStoreFactory(server);
        store.setDirectory(directory.resolve("sessions").toString());
        server.addBean(store);
        server.addBean(new SharedSessionCacheFactory());
        var application = new ServletContextHandler("/shop", new SessionHandler(), null, null, null);
        application.addEventListener(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                destroyed.add(event.getSession().getAttribute("name").toString());
            }
        });
        server.setHandler(application);
        servers.add(server);
        server.start();
        return server;
    }

    private static SharedSessionStore store(Server server) {
        return server.getContainedBeans(SharedSessionStore.class).iterator().next();
    }

    /** Names of sessions that have just been used for the last time. */
    private static List<String> expire(Server server, int count) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long past = System.currentTimeMillis() - 60_000;
            var session = store(server).newSessionData("node0x" + i, past, past, past, 1_000);
            session.setLastNode("node0");
            session.setExpiry(past + 1_000);
            session.setAttribute("name", "session " + i);
            store(server).store("node0x" + i, session);
            names.add("session " + i);
        }
        return names;
    }

    private static void scavenge(Server server) {
        server.getBean(SessionIdManager.class).getSessionHouseKeeper().scavenge();
    }

    @Test
    void aProcessLooksForExpiredSessionsSoonAfterItsStart() throws Exception {
        var first = start();
        expire(first, 1);
        first.stop();

        start();

        assertEquals("session 0", destroyed.take());
    }

    @Test
    void ofSeveralProcessesOneTellsTheListenersOfAnExpiredSession() throws Exception {
        var processes = List.of(start(), start());
        var names = expire(processes.get(0), SESSIONS);
        var start = new CyclicBarrier(2 * processes.size());
        var executor = Executors.newFixedThreadPool(2 * processes.size());
        try {
            List<Callable<Void>> looks = Stream.of(processes, processes) // two threads of each
                    .flatMap(List::stream)
                    .map(process -> (Callable<Void>) () -> {
                        start.await();
                        scavenge(process);
                        return null;
                    })
                    .toList();
            for (var look : executor.invokeAll(looks)) {
                look.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertEquals(
                names.stream().sorted().toList(), destroyed.stream().sorted().toList());
        for (int i = 0; i < SESSIONS; i++) {
            assertNull(store(processes.get(1)).load("node0x" + i));
        }
    }

    @Test
    void theListenersHearOnceOfASessionThatTheApplicationEnds() throws Exception {
        var process = start();
        long now = System.currentTimeMillis();
        var handler = process.getContainedBeans(SessionHandler.class).iterator().next();
        var session = handler.getSessionCache().newSession("node0x1", now, 60_000);
        handler.getSessionCache().add("node0x1", session);
        session.setAttribute("name", "ended");
        handler.getSessionCache().release(session);

        handler.getSessionCache().get("node0x1").invalidate();
        scavenge(process);

        assertEquals(List.of("ended"), List.copyOf(destroyed));
    }
}
