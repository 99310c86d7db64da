package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Sessions of real WARs when each request comes to another child of a prefork server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class SharedSessionsIT {
    private static final int CHILDREN = 3;
    private static final String LARGE = "x".repeat(50_000); // the log has no room for that without growing
    private static final long DEADLINE = 60; // seconds; ten times what the slowest of it took on two cores

    private JettyBase base;
    private JettyServer server;

    @BeforeAll
    void start() throws Exception {
        base = JettyHome.ofBuild().createBase("shared-sessions", Model.PREFORK);
        base.addModules(
                List.of(Model.PREFORK.module(), "security", "ee10-deploy", "ee10-servlets", "ee10-websocket-jetty"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        base.deploy("jetty", base.home().wars().resolve("jetty-ee10-demo-jetty-webapp.war"), "ee10");
        Site.addRealms(base);
        server = start(base, CHILDREN);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Its children are not taken from the connections of one browser, whatever else waits. */
    private static JettyServer start(JettyBase base, int children, String... settings) throws Exception {
        var own = Stream.of("startServers=" + children, "keepAliveUnderPressure=-1");
        var server = base.start(Stream.concat(own, Stream.of(settings))
                .map(setting -> "jetty.prefork." + setting)
                .toArray(String[]::new));
        awaitReady(server, children);
        return server;
    }

    /** Waits until so many children, those that have ended included, have become ready. */
    private static void awaitReady(JettyServer server, int children) throws Exception {
        var ready = Pattern.compile("child \\d+ \\(slot \\d+\\) ready");
        server.log().said(ready, children).get(DEADLINE, TimeUnit.SECONDS);
    }

    private static String pid(Answer answer) {
        return answer.text().split(" ")[0];
    }

    private static String count(Answer answer) {
        return answer.text().split(" ")[1];
    }

    @Test
    void everyChildCountsOn() throws Exception {
        var pids = new ArrayList<String>();
        var counts = new ArrayList<String>();
        try (var browser = ChildConnections.open(server.port(), CHILDREN)) {
            for (int i = 0; i < 2 * CHILDREN; i++) {
                var answer = browser.get("/echo/session").shows(200);
                pids.add(pid(answer));
                counts.add(count(answer));
            }
        }

        assertEquals(List.of("1", "2", "3", "4", "5", "6"), counts);
        assertEquals(CHILDREN, new HashSet<>(pids).size(), () -> "each request at another child, but " + pids);
        var directory = base.directory().resolve("mpm-sessions");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        assertTrue(Files.exists(directory.resolve("sessions.db-wal")), "no write-ahead log");
    }

    @Test
    void formLoginOpensProtectedPagesAtEveryChildUntilLogout() throws Exception {
        var login = HtmlForm.to("/jetty/j_security_check").with("j_username", "admin");
        try (var browser = ChildConnections.open(server.port(), CHILDREN)) {
            browser.follow(browser.get("/jetty/auth2/index.html").shows(302)).shows(200, "j_security_check");
            browser.submit(login.with("j_password", "wrong"));
            browser.get("/jetty/auth2/index.html").shows(302);
            var welcome =
                    browser.submit(login.with("j_password", "admin-password")).shows(303);
            browser.follow(welcome).shows(200, "You have successfully authenticated");
            for (int i = 0; i < CHILDREN; i++) {
                browser.get("/jetty/auth2/index.html").shows(200, "You have successfully authenticated");
            }
            browser.get("/jetty/login/?action=logout").shows(200, "Before getRemoteUser=admin");
            for (int i = 0; i < CHILDREN; i++) {
                browser.get("/jetty/auth2/index.html").shows(302);
            }
        }
    }

    @Test
    void requestsOfOneSessionAtTheSameTimeKeepEachOthersChanges() throws Exception {
        try (var browser = ChildConnections.open(server.port(), CHILDREN)) {
            browser.get("/echo/session").shows(200);

            var slow = browser.begin("POST /echo/session", "Expect: 100-continue\n", 4);
            slow.receive("POST /echo/session").shows(100); // so the servlet has the session, and waits for content
            var quick = browser.begin("POST /echo/session", "", 5);
            quick.send("quick");
            browser.end(quick, "POST /echo/session").shows(200);
            slow.send("slow");
            browser.end(slow, "POST /echo/session").shows(200);

            browser.get("/echo/session").shows(200, "2 [count, quick, slow]");
        }
    }

    @Test
    void sessionsOutliveAChildThatIsKilledAndTheServer() throws Exception {
        ChildConnections last;
        var pool = Pool.of(server, CHILDREN);
        try (var browser = ChildConnections.open(server.port(), CHILDREN)) {
            var first = browser.get("/echo/session").shows(200);
            pool.survives("kill -9", () -> {
                signal("KILL", Long.parseLong(pid(first)));
                assertEquals("2", count(browser.get("/echo/session").shows(200)));
            });
            last = browser;
        }
        try (var browser = ChildConnections.open(server.port(), CHILDREN, last.cookies())) {
            assertEquals("3", count(browser.get("/echo/session").shows(200)));
            last = browser;
        }
        server.close();
        server = start(base, CHILDREN);
        try (var browser = ChildConnections.open(server.port(), CHILDREN, last.cookies())) {
            assertEquals("4", count(browser.get("/echo/session").shows(200)));
        }
    }

    @Test
    void sessionsOutliveARestartWithoutDowntimeAndARecycle() throws Exception {
        try (var server =
                start(other("renewed", "mpm-session-store"), 1, "maxConnectionsPerChild=2", "recycleJitter=0")) {
            var cookies = counts(server, Map.of(), "1");
            signal("HUP", server.process().pid());
            said(server, "generation 2 is ready", 1);
            said(server, "child \\d+ .* ended after .* as it was asked to", 1);
            cookies = counts(server, cookies, "2");
            cookies = counts(server, cookies, "3");
            said(server, "child \\d+ .* has served for long enough", 1);
            said(server, "child \\d+ .* ended after .* as it was asked to", 2);
            counts(server, cookies, "4");
        }
    }

    @Test
    void aSessionThatExpiredMeanwhileIsRemovedSoonAfterTheStartAndItsListenerHearsOfIt() throws Exception {
        var base = other("expired", "mpm-session-store");
        try (var server = base.start("jetty.prefork.startServers=1", "jetty.sessionScavengeInterval.seconds=0")) {
            awaitReady(server, 1);
            try (var browser = ChildConnections.open(server.port(), 1)) {
                browser.get("/echo/session?seconds=1").shows(200, "1 [count]"); // two virtual machines start for longer
            }
        }
        var directory = base.directory().resolve("mpm-sessions");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var server = start(base, 2)) {
            said(server, "session ended with 1 requests", 1);
            var warning =
                    Pattern.compile("have access to the directory of the sessions .*/mpm-sessions \\(rwxr-xr-x\\)");
            assertEquals(1, server.log().count(warning), "by the parent alone");
        }
    }

    /** Asks once, on a connection of its own. */
    private static Map<String, String> counts(JettyServer server, Map<String, String> cookies, String count)
            throws Exception {
        try (var browser = ChildConnections.open(server.port(), 1, cookies)) {
            assertEquals(count, count(browser.get("/echo/session").shows(200)));
            return browser.cookies();
        }
    }

    @Test
    void fullDiskLosesNoStoredSessionAndIsOverWhenThereIsRoom() throws Exception {
        var base = other("full-disk", "mpm-session-store");
        var directory = Files.createDirectory(base.directory().resolve("mpm-sessions"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", directory.toString()),
                "only root can mount a small file system");
        try (var server = start(base, 2);
                var browser = ChildConnections.open(server.port(), 2)) {
            browser.get("/echo/session").shows(200, "1 [count]");
            var pool = Pool.of(server, 2);
            fill(directory.resolve("filler"));
            putLargeAttribute(browser).shows(200);
            said(server, "sessions cannot be written .*make room on the file system of .*/mpm-sessions/sessions.db", 1);
            assertTrue(browser.get("/echo/session").shows(200).text().endsWith(" [count]"), "stored after all");
            logout(browser); // from one child
            browser.get("/echo/session").shows(200, "1 [count]"); // from the other

            Files.delete(directory.resolve("filler"));
            putLargeAttribute(browser).shows(200);
            browser.get("/echo/session").shows(200, LARGE);
            said(server, "sessions are written again after \\d+ s; \\d+ writings failed", 1);
            assertEquals(2, ready(server, 2).size());
            pool.awaitWhole();
        } finally {
            assertTrue(run("umount", directory.toString()));
        }
    }

    private static void logout(ChildConnections browser) throws IOException {
        browser.end(browser.begin("DELETE /echo/session", "", 0), "DELETE /echo/session")
                .shows(200);
    }

    private static Answer putLargeAttribute(ChildConnections browser) throws IOException {
        var post = browser.begin("POST /echo/session", "", LARGE.length());
        post.send(LARGE);
        return browser.end(post, "POST /echo/session");
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left"), e.getMessage());
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    @Test
    void sessionsInMemoryAreOfOneChildOnly() throws Exception {
        try (var server = start(other("in-memory", "mpm-session-memory"), 2);
                var browser = ChildConnections.open(server.port(), 2)) {
            assertEquals("1", count(browser.get("/echo/session").shows(200)));
            assertEquals("1", count(browser.get("/echo/session").shows(200)));
        }
    }

    @Test
    void storeThatChildrenDoNotShareIsRefusedAtTheStart() throws Exception {
        var files = other("in-files", "session-store-file");

        var failure = assertThrows(IllegalStateException.class, () -> files.start("jetty.prefork.startServers=2"));

        var words = "several processes serve the application at /echo, but a session of it would be seen by one of them"
                + " only: a FileSessionDataStore finds only the files that its own process has written";
        assertTrue(failure.getMessage().contains(words), failure::getMessage);
    }

    @Test
    void connectorNamedByHandServesAndRefusesTheFirstSession() throws Exception {
        var byHand = JettyHome.ofBuild().createBase("shared-sessions-by-hand", Model.PREFORK);
        byHand.addModules(List.of("http", "mpm", "ee10-deploy"));
        byHand.deploy("echo", EchoWar.pack(byHand.directory()), "ee10");
        var stock = Files.readString(byHand.home().directory().resolve("etc/jetty-http.xml"));
        byHand.write(
                "etc/jetty-http.xml",
                stock.replace(
                                "org.eclipse.jetty.server.ServerConnector\"",
                                "io.github.jettympm.prefork.PreforkConnector\"")
                        .replaceFirst("<Set name=\"host\"", "<Set name=\"startServers\">2</Set>\n<Set name=\"host\""));

        try (var server = byHand.start();
                var browser = ChildConnections.open(server.port(), 1)) {
            browser.get("/echo/process").shows(200);
            browser.get("/echo/session").shows(500);
            var refusal =
                    Pattern.compile("several processes serve the application at /echo.*sessions are kept in memory");
            server.log().said(refusal, 1).get(DEADLINE, TimeUnit.SECONDS);
        }
    }

    private static JettyBase other(String name, String sessions) throws Exception {
        var base = JettyHome.ofBuild().createBase("shared-sessions-" + name, Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), sessions, "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }
}
