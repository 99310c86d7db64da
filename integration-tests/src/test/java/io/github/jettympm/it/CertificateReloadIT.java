package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate that is replaced while the server runs, which Jetty's module {@code ssl-reload} looks out for. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("once")
class CertificateReloadIT {
    /** The module looks every second. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);

    @ParameterizedTest
    @EnumSource(names = {"STOCK", "EVENT", "WORKER", "PREFORK"})
    void newConnectionsSeeTheNewCertificateAndOldOnesGoOn(Model model) throws Exception {
        var base = base(model);
        var next = Files.createDirectory(base.directory().resolve("next"));
        Site.generateKeyStore(next);
        var before = certificate(base.directory());
        var after = certificate(next);
        var clients = Clients.trusting(Site.keyStore(base.directory()), Site.PASSWORD);
        var newClients = Clients.trusting(Site.keyStore(next), Site.PASSWORD);
        assertNotEquals(before, after);

        // Under prefork an open connection takes a child, and is to keep it.
        try (var server = base.start("jetty.prefork.startServers=2", "jetty.prefork.keepAliveUnderPressure=-1");
                var open = connect(clients, server)) {
            assertServed(open);
            assertEquals(before, open.getSession().getPeerCertificates()[0]);

            Files.move(Site.keyStore(next), Site.keyStore(base.directory()), StandardCopyOption.ATOMIC_MOVE);

            try (var later = awaitConnection(newClients, server)) {
                assertEquals(after, later.getSession().getPeerCertificates()[0]);
                assertServed(later);
            }
            assertServed(open);
        }
    }

    private static JettyBase base(Model model) throws Exception {
        var base = JettyHome.ofBuild().createBase("reload-" + model.name().toLowerCase(Locale.ROOT), model);
        base.addModules(List.of(model.tlsModule(), "https", "ssl-reload"));
        Site.giveKeyStore(base);
        return base;
    }

    private static Certificate certificate(Path directory) throws Exception {
        return KeyStore.getInstance(Site.keyStore(directory).toFile(), Site.PASSWORD.toCharArray())
                .getCertificate("jetty");
    }

    private static SSLSocket connect(Clients clients, JettyServer server) throws IOException {
        var socket = (SSLSocket) clients.tls().getSocketFactory().createSocket("localhost", server.tlsPort());
        try {
            socket.setSoTimeout(Math.toIntExact(DEADLINE.toMillis()));
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Tries until the server shows a certificate that these clients trust. */
    private static SSLSocket awaitConnection(Clients clients, JettyServer server) throws IOException {
        var start = System.nanoTime();
        while (true) {
            try {
                return connect(clients, server);
            } catch (IOException e) {
                assertTrue(System.nanoTime() - start < DEADLINE.toNanos(), () -> "still refused: " + e);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static void assertServed(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        var wire = new Wire(socket, new Transcript());
        assertEquals(404, wire.receive("GET /").status());
    }
}
