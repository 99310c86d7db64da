package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.status.StateFile;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of a connection that is kept alive in the only child of prefork when others wait. The idle timeout is ten
 * minutes, so nothing else ends it before the reads of a {@link Wire} fail.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class KeepAlivePressureIT {
    private static final String GET = "GET /echo/process HTTP/1.1\nHost: localhost\n\n";
    private static final Optional<String> CLOSE = Optional.of("close");

    /** In which form the server is spoken to. */
    enum Form {
        CLEAR_TEXT(Model.PREFORK.module(), "http"),
        TLS(Model.PREFORK.tlsModule(), "ssl");

        private final String module;
        private final String prefix;

        Form(String module, String prefix) {
            this.module = module;
            this.prefix = prefix;
        }
    }

    /** A server with one child, and what its parent tells that. */
    private record Pressed(Form form, JettyServer server, Clients clients, Scoreboard scoreboard)
            implements AutoCloseable {
        static Pressed start(Form form, String name) throws Exception {
            var base = JettyHome.ofBuild().createBase("pressure-" + name + "-" + form.prefix, Model.PREFORK);
            base.addModules(
                    form == Form.TLS
                            ? List.of(form.module, "https", "ee10-deploy")
                            : List.of(form.module, "ee10-deploy"));
            Site.giveKeyStore(base);
            base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
            var server = base.start("jetty." + form.prefix + ".idleTimeout=600000");
            return new Pressed(
                    form,
                    server,
                    Clients.trusting(Site.keyStore(base.directory()), Site.PASSWORD),
                    Scoreboard.openToRead(
                            StateFile.read(base.directory()).scoreboards().get(0)));
        }

        /** One that waits in the queue of the listening socket while the child has another; TLS speaks with its first bytes. */
        Wire connect() throws IOException {
            return new Wire(
                    form == Form.TLS
                            ? clients.tls().getSocketFactory().createSocket("localhost", server.tlsPort())
                            : new Socket("localhost", server.port()),
                    new Transcript());
        }

        /** Only opens the connection, which over TLS no handshake follows. */
        Socket waitInQueue() throws IOException {
            return new Socket("localhost", form == Form.TLS ? server.tlsPort() : server.port());
        }

        void awaitPressure(boolean expected) throws Exception {
            Await.until("pressure: " + expected, () -> scoreboard.isUnderPressure() == expected);
        }

        long child() throws Exception {
            return PreforkServers.ready(server, 1).get(0);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static Answer ask(Wire wire) throws IOException {
        wire.send(GET);
        return wire.receive(GET);
    }

    @ParameterizedTest
    @EnumSource
    void connectionThatIsKeptAliveForNothingEndsForOneThatWaits(Form form) throws Exception {
        try (var pressed = Pressed.start(form, "idle");
                var first = pressed.connect()) {
            assertEquals(Optional.empty(), ask(first).shows(200).header("connection"));

            try (var waiting = pressed.waitInQueue()) {
                first.awaitClose();
                assertTrue(waiting.isConnected());
            }
            try (var next = pressed.connect()) {
                ask(next).shows(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void responsesEndTheirConnectionAsLongAsOthersWait(Form form) throws Exception {
        try (var pressed = Pressed.start(form, "responses")) {
            try (var first = pressed.connect()) {
                first.send(PreforkServers.POST_IN_FLIGHT.getBytes());
                first.receive("POST").shows(100);
                try (var waiting = pressed.waitInQueue()) {
                    pressed.awaitPressure(true);

                    first.send("abc" + GET); // so that its connection is never idle
                    assertEquals(
                            Optional.empty(), first.receive("POST").shows(200).header("connection"));
                    assertEquals(CLOSE, first.receive(GET).shows(200).header("connection"));
                    first.awaitClose();
                    assertTrue(waiting.isConnected());
                }
            }
            pressed.awaitPressure(false);

            try (var next = pressed.connect()) {
                assertEquals(Optional.empty(), ask(next).shows(200).header("connection"));
                assertEquals(Optional.empty(), ask(next).shows(200).header("connection"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestThatHasArrivedWhenItsConnectionIsToEndIsServed(Form form) throws Exception {
        try (var pressed = Pressed.start(form, "arrived");
                var first = pressed.connect()) {
            ask(first).shows(200);
            var traffic = pressed.scoreboard().traffic(0);
            Await.until("waits for a request", () -> traffic.activity() == Activity.KEEP_ALIVE);

            PreforkServers.signal("STOP", pressed.child());
            try (var waiting = pressed.waitInQueue()) {
                first.send(GET);
                Await.until(
                        "asked to end", () -> pressed.scoreboard().traffic(0).isToEndKeepAlive());
                PreforkServers.signal("CONT", pressed.child());

                assertEquals(CLOSE, first.receive(GET).shows(200).header("connection"));
                first.awaitClose();
                assertTrue(waiting.isConnected());
            }
        }
    }
}
