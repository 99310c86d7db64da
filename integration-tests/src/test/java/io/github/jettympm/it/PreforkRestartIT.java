package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.workDirectories;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The restart of all children while they serve. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PreforkRestartIT {
    private static final String CANNOT_BOOT = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <Set name="contextPath">/broken</Set>
              <Set name="war">/no/such.war</Set>
            </Configure>
            """;

    /** As docs/operations.md says: for all applications of the environment. */
    private static final String FAILS_THE_SERVER = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <Set name="throwUnavailableOnStartupException">true</Set>
            </Configure>
            """;

    private static final String HELD = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <New id="gate" class="java.io.FileInputStream"><Arg>%s</Arg></New>
              <Ref refid="gate"><Call name="read"/></Ref>
              <Set name="contextPath">/held</Set>
              <Set name="war"><SystemProperty name="jetty.base"/>/webapps/app.war</Set>
            </Configure>
            """;

    @Test
    void hangUpBringsANewWarWithoutALostRequest() throws Exception {
        var base = baseWithVersionOne("restart");
        base.write("environments/ee10.xml", FAILS_THE_SERVER);
        try (var server = base.start("jetty.prefork.startServers=2")) {
            var old = ready(server, 2);

            try (var load = new Load(server.port(), "/app/version.txt", 4, 5_000)) {
                load.awaitAnswers(1); // from the old one
                VersionWar.replace(base, "app", "two");
                signal("HUP", server.process().pid());
                for (long child : old) {
                    said(server, "child " + child + " .* ended after .* as it was asked to", 1);
                }
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(Set.of("one", "two"), load.answers().keySet());
            }
            said(server, "generation 2 is ready", 1);
            assertEquals(4, ready(server, 4).size());

            base.write("webapps/broken.xml", CANNOT_BOOT);
            signal("HUP", server.process().pid());
            said(
                    server,
                    "generation 3 did not start, and generation 2 serves on: .*boot failed.*/no/such\\.war.*put the last configuration",
                    1);

            try (var load = new Load(server.port(), "/app/version.txt", 1, 10)) {
                load.awaitEnough();
                assertEquals(List.of(), load.failures());
                assertTrue(load.answers().containsKey("two"));
            }
        }
    }

    /** Children would serve what the operator has configured for another port, or TLS where clear text is expected. */
    @Test
    void connectorsThatAreNotTheParentsAreRefused() throws Exception {
        var base = JettyHome.ofBuild().createBase("restart-connectors", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), Model.PREFORK.tlsModule(), "https"));
        Site.giveKeyStore(base);
        base.write("etc/change.xml", changed(""));
        var clients = Clients.trusting(Site.keyStore(base.directory()), Site.PASSWORD);
        try (var server = base.start("jetty.prefork.startServers=1", "etc/change.xml")) {
            ready(server, 2); // one of each connector
            String http =
                    "connector 0 of the parent is \\S+PreforkConnector on \\*:0 \\(HTTP/1.1\\) with children, but in the"
                            + " configuration as it is now it is ";
            String ssl =
                    "connector 1 of the parent is \\S+PreforkConnector on \\*:0 \\(SSL\\) with children, but in the"
                            + " configuration as it is now it is ";

            base.write("etc/change.xml", changed("<Ref refid='httpConnector'><Set name='port'>1</Set></Ref>"));
            signal("HUP", server.process().pid());
            said(server, http + "\\S+PreforkConnector on \\*:1 \\(HTTP/1.1\\) with children; .*restart the server", 1);
            said(
                    server,
                    "generation 2 did not start, and generation 1 serves on: .* status 78 \\(bad configuration\\)",
                    1);
            said(server, "generation 2 is ready", 1); // of the other connector, which has not changed

            base.write(
                    "etc/change.xml",
                    changed("<Call name='removeConnector'><Arg><Ref refid='httpConnector'/></Arg></Call>"));
            signal("HUP", server.process().pid());
            said(server, http + "\\S+PreforkConnector on \\*:0 \\(SSL\\) with children; ", 1);
            said(server, ssl + "none; ", 1);

            base.write("etc/change.xml", changed("""
                    <Set name="connectors"><Array type="org.eclipse.jetty.server.Connector">
                      <Item><Ref refid="sslConnector"/></Item>
                      <Item><Ref refid="httpConnector"/></Item>
                    </Array></Set>
                    """));
            signal("HUP", server.process().pid());
            said(server, http + "\\S+PreforkConnector on \\*:0 \\(SSL\\) with children; ", 2);
            said(server, ssl + "\\S+PreforkConnector on \\*:0 \\(HTTP/1.1\\) with children; ", 1);
            said(server, "generation \\d did not start, and generation \\d serves on: .* status 78", 5);

            assertEquals(404, status(clients.http(), "http://localhost:" + server.port()));
            assertEquals(404, status(clients.http(), "https://localhost:" + server.tlsPort()));
        }
    }

    private static String changed(String change) {
        return """
                <?xml version="1.0"?>
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <Configure id="Server" class="org.eclipse.jetty.server.Server">%s</Configure>
                """.formatted(change);
    }

    private static int status(HttpClient client, String uri) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(uri)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Who has just put another WAR there need not know whether the server has started. */
    @Test
    void hangUpDuringTheStartIsObeyedOnceTheServerHasStarted() throws Exception {
        var base = baseWithVersionOne("restart-early");
        var start = startAnd(base, "jetty.prefork.scanInterval=0", () -> {
            signal("USR2", parent(base));
            signal("HUP", parent(base));
        });

        try (var server = start.get(60, TimeUnit.SECONDS)) {
            said(server, "SIGUSR2: ", 1);
            said(server, "SIGHUP: the children are restarted once the server has started", 1);
            assertServesVersionTwo(server);
        }
    }

    private static long parent(JettyBase base) {
        return ProcessHandle.current()
                .children()
                .filter(JettyServer.processesOf(base)::contains)
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Jetty itself does not stop a server then, since it has none that has started. */
    @Test
    void terminationDuringTheStartLeavesNothing() throws Exception {
        var base = baseWithVersionOne("terminated-early");
        var gate = holdApplication(base);
        var start = inBackground(() -> base.startInVain(List.of()));

        try (var held = Files.newOutputStream(gate)) { // which waits for the first child, and that for what never comes
            held.flush();
            signal("TERM", parent(base));

            var ended = start.get(60, TimeUnit.SECONDS);
            assertEquals(128 + 15, ended.status());
            assertTrue(ended.output().contains("the process is asked to end while the first child of"), ended::output);
            assertEquals(List.of(), JettyServer.processesOf(base));
            assertEquals(List.of(), workDirectories(base));
            assertTrue(Files.notExists(base.directory().resolve("mpm.state")));
        }
    }

    @Test
    void newWarIsFoundIfItCameDuringTheStart() throws Exception {
        var base = baseWithVersionOne("restart-scan-early");
        var start = startAnd(base, "jetty.prefork.scanInterval=1", () -> {});

        try (var server = start.get(60, TimeUnit.SECONDS)) {
            said(server, "since applications have changed: \\{app.war=CHANGED, held.xml=REMOVED}", 1);
            assertServesVersionTwo(server);
        }
    }

    /** Does something, and replaces the WAR, while the first child has read the WAR and starts. */
    private static CompletableFuture<JettyServer> startAnd(JettyBase base, String property, Action action)
            throws Exception {
        var gate = holdApplication(base);
        var start = inBackground(() -> base.start("jetty.prefork.startServers=1", property));
        try (var held =
                Files.newOutputStream(gate)) { // waits for the first child, which then waits for what is written
            action.perform();
            Files.delete(base.directory().resolve("webapps/held.xml"));
            VersionWar.replace(base, "app", "two");
            held.write('x');
        }
        return start;
    }

    /** An application that starts when somebody has written into the pipe. */
    private static Path holdApplication(JettyBase base) throws Exception {
        var gate = base.directory().resolve("gate");
        assertEquals(0, new ProcessBuilder("mkfifo", gate.toString()).start().waitFor());
        base.write("webapps/held.xml", HELD.formatted(gate));
        return gate;
    }

    private static <T> CompletableFuture<T> inBackground(Callable<T> action) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return action.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** What a test does. */
    private interface Action {
        void perform() throws Exception;
    }

    private static void assertServesVersionTwo(JettyServer server) throws Exception {
        said(server, "generation 2 is ready", 1);
        said(server, "child .* ended after .* as it was asked to", 1);
        try (var load = new Load(server.port(), "/app/version.txt", 1, 1)) {
            load.awaitEnough();
            assertEquals(Set.of("two"), load.answers().keySet());
        }
    }

    /** The parent has checked its own configuration only. */
    @Test
    void childThatRefusesItsConfigurationSaysWhy() throws Exception {
        var base = baseWithVersionOne("restart-refused");
        try (var server = base.start("jetty.prefork.startServers=1")) {
            ready(server, 1);

            base.write("start.d/changed.ini", "jetty.prefork.drainTimeout=-5\n");
            signal("HUP", server.process().pid());
            said(
                    server,
                    "generation 2 did not start, and generation 1 serves on: child \\d+ .* with status 78 \\(bad"
                            + " configuration\\) before it was ready: .*jetty.prefork.drainTimeout=-5.* is out of range",
                    1);
        }
    }

    @Test
    void newWarIsFoundWithoutASignal() throws Exception {
        var base = baseWithVersionOne("restart-scan");
        try (var server = base.start("jetty.prefork.startServers=1", "jetty.prefork.scanInterval=1")) {
            try (var load = new Load(server.port(), "/app/version.txt", 2, 1_000)) {
                load.awaitAnswers(1);
                VersionWar.replace(base, "app", "two");
                said(server, "restarting the children, since applications have changed: .*app.war", 1);
                load.awaitAnswers(2);
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(Set.of("one", "two"), load.answers().keySet());
            }
        }
    }

    private static JettyBase baseWithVersionOne(String name) throws Exception {
        var base = JettyHome.ofBuild().createBase(name, Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "ee10-deploy"));
        base.deploy("app", VersionWar.pack(base.directory(), "one"), "ee10");
        return base;
    }
}
