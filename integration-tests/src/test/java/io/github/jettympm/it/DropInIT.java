package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator gets out of a drop-in, and what a mistake in its use is answered with. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("once")
class DropInIT {
    private final JettyHome home = JettyHome.ofBuild();

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "WORKER", "PREFORK"})
    void dropInBringsModulesTheirFilesAndJarsAndNothingElse(Model model) throws Exception {
        var zip = home.dropIns().resolve(model.dropIn().orElseThrow());

        List<String> others;
        try (var entries = new ZipFile(zip.toFile())) {
            others = entries.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> !name.matches("modules/[\\w-]+\\.mod|etc/jetty-[\\w-]+\\.xml"
                            + "|lib/mpm/(connector|commons-cli)-[\\w.-]+\\.jar|lib/jna-jpms-[\\d.]+\\.jar"))
                    .toList();
        }

        assertEquals(List.of(), others);
        assertTrue(Files.size(zip) < 2_700_000, "size of " + zip);
    }

    @Test
    void twoConnectorsForClearTextAreRefusedByName() throws Exception {
        var base = home.createBase("drop-in-two", Model.EVENT);
        base.unpack(home.dropIns().resolve(Model.WORKER.dropIn().orElseThrow()));

        var failure = assertThrows(
                IllegalStateException.class, () -> base.addModules(List.of("connector-event", "connector-worker")));

        assertSays(failure, "connector-worker provides http, which is already provided by connector-event");
    }

    @Test
    void twoConnectorsForOnePortAreRefusedWithTheProperties() throws Exception {
        var base = home.createBase("drop-in-one-port", Model.EVENT);
        base.unpack(home.dropIns().resolve(Model.WORKER.dropIn().orElseThrow()));
        base.addModules(List.of("connector-event", "connector-worker-ssl", "https"));
        Site.giveKeyStore(base);
        int port = JettyServer.freePort();

        var failure = assertThrows(
                IllegalStateException.class, () -> base.start("jetty.http.port=" + port, "jetty.ssl.port=" + port));

        assertSays(failure, "set jetty.http.port and jetty.ssl.port to different ports");
    }

    @Test
    void preforkRefusesSeveralStreamsAtOnceAndServesOne() throws Exception {
        var base = home.createBase("drop-in-http2", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "http2c"));

        var failure = assertThrows(IllegalStateException.class, base::start);

        assertSays(failure, "HTTP/2 (h2c) may bring several requests at once on one connection");
        assertSays(failure, "jetty.http2c.maxConcurrentStreams=1");
        base.start("jetty.http2c.maxConcurrentStreams=1").close();
    }

    @Test
    void limitThatIsNotUnderstoodIsRefusedWithItsSyntax() throws Exception {
        var base = home.createBase("drop-in-limit", Model.WORKER);
        base.addModules(List.of(Model.WORKER.module()));

        var failure = assertThrows(
                IllegalStateException.class, () -> base.start("jetty.worker.requestReadTimeout=header=fast"));

        assertSays(failure, "jetty.worker.requestReadTimeout=header=fast is not understood at header=fast");
        assertSays(failure, "header=20-40,MinRate=500");
    }

    @ParameterizedTest
    @CsvSource({
        "WORKER, jetty.worker.maxThreads, 0, 1 to 20000",
        "WORKER, jetty.worker.minSpareThreads, 500, 1 to 400",
        "WORKER, jetty.worker.maxSpareThreads, 3, 4 to 400",
        "PREFORK, jetty.prefork.startServers, 0, 1 to 1000",
        "PREFORK, jetty.prefork.startTimeout, 0, 1 to 86400000",
        "PREFORK, jetty.prefork.drainTimeout, -1, 0 to 86400000",
        "WORKER, jetty.worker.processes, -1, 0 to 1000",
        "EVENT, jetty.event.processes, 1001, 0 to 1000",
        "WORKER, jetty.worker.keepAliveTimeout, 0, 1 to 86400000",
        "PREFORK, jetty.prefork.maxKeepAliveRequests, -1, 0 to 2147483647",
        "EVENT, jetty.http.port, 65536, 0 to 65535",
        "EVENT, jetty.http.acceptQueueSize, -1, 0 to 2147483647",
    })
    void valueOutOfRangeIsRefusedWithItsPropertyAndTheRange(Model model, String property, String value, String range)
            throws Exception {
        var base = home.createBase("drop-in-range", model);
        base.addModules(List.of(model.module()));

        var failure = assertThrows(IllegalStateException.class, () -> base.start(property + "=" + value));

        assertSays(failure, property);
        assertSays(failure, "=" + value + " is out of range: use " + range);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "WORKER", "PREFORK"})
    void classMayBeNamedByHandInTheStockConfiguration(Model model) throws Exception {
        var base = home.createBase("drop-in-by-hand", model);
        base.addModules(List.of("http", "mpm", "ee10-deploy"));
        var stock = Files.readString(home.directory().resolve("etc/jetty-http.xml"));
        var name = "io.github.jettympm." + model.name().toLowerCase() + "." + model.connectorClass();
        base.write("etc/jetty-http.xml", stock.replace("org.eclipse.jetty.server.ServerConnector\"", name + "\""));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");

        try (var server = base.start()) {
            assertEquals(200, get(server.port(), "/echo/process"));
        }
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        var base = home.createBase("drop-in-taken", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module()));
        try (var taken = new ServerSocket(0)) {

            var failure = assertThrows(
                    IllegalStateException.class, () -> base.start("jetty.http.port=" + taken.getLocalPort()));

            assertSays(failure, "Failed to bind to 0.0.0.0/0.0.0.0:" + taken.getLocalPort());
        }
    }

    private static void assertSays(Exception failure, String words) {
        assertTrue(failure.getMessage().contains(words), () -> "no <" + words + "> in " + failure.getMessage());
    }

    private static int get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
