package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ProcFiles;
import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.status.StateFile;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
    private static final int READ_DEADLINE = 25_000; // milliseconds, as that of a Wire
    private static final int HEADERS = 1; // types of frames (RFC 9113, section 6)
    private static final int GO_AWAY = 7;
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
                    KeepAlivePressureIT.scoreboard(base));
        }

        /** One that speaks, over TLS with the handshake first. */
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

    private static Scoreboard scoreboard(JettyBase base) throws IOException {
        return Scoreboard.openToRead(
                StateFile.read(base.directory()).scoreboards().get(0));
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
                first.send(PreforkServers.POST_IN_FLIGHT.getBytes(US_ASCII));
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

    /** A thread may run on for a moment when its process has got the signal. */
    private static boolean isStopped(long pid) throws IOException {
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads.toList()) {
                if (!ProcFiles.fieldsBehindName(Files.readString(thread.resolve("stat")))[0].equals("T")) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            return false; // a thread has ended meanwhile
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
            Await.until("stopped", () -> isStopped(pressed.child()));
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

    /** What a client of HTTP/2 begins with, settings that change nothing included, and a request for {@code /} (RFC 9113, RFC 7541). */
    private static byte[] http2Request() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        bytes.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        bytes.writeBytes(new byte[] {0, 0, 14, 1, 5, 0, 0, 0, 1});
        bytes.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 9});
        bytes.writeBytes("localhost".getBytes(US_ASCII));
        return bytes.toByteArray();
    }

    private record Frame(int type, byte[] payload) {}

    private static List<Frame> framesUntilTheEnd(Socket socket) throws IOException {
        var frames = new ArrayList<Frame>();
        var in = new DataInputStream(socket.getInputStream());
        for (int length = in.read(); length >= 0; length = in.read()) {
            length = length << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.skipBytes(5);
            frames.add(new Frame(type, in.readNBytes(length)));
        }
        return frames;
    }

    @Test
    void connectionOfHttp2WithoutAStreamIsToldToGoAwayAndIsClosed() throws Exception {
        var base = JettyHome.ofBuild().createBase("pressure-http2", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "http2c"));
        try (var server = base.start("jetty.http.idleTimeout=600000", "jetty.http2c.maxConcurrentStreams=1");
                var client = new Socket("localhost", server.port())) {
            client.setSoTimeout(READ_DEADLINE);
            client.getOutputStream().write(http2Request());

            try (var waiting = new Wire(new Socket("localhost", server.port()), new Transcript())) {
                ask(waiting).shows(404); // as there is no application
            }
            var frames = framesUntilTheEnd(client); // this client does not close when it is told to

            assertTrue(frames.stream().anyMatch(frame -> frame.type() == HEADERS), frames::toString);
            var last = frames.get(frames.size() - 1);
            assertEquals(GO_AWAY, last.type());
            assertEquals(
                    List.of(1, 0),
                    List.of((int) last.payload()[3], (int) last.payload()[7]),
                    "last stream, and no error");
        }
    }

    @Test
    void webSocketIsNotTakenForAConnectionThatIsKeptAliveForNothing() throws Exception {
        var base = JettyHome.ofBuild().createBase("pressure-websocket", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "ee10-deploy", "ee10-websocket-jakarta"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        CompiledWar.deploy(base, "push", "ee10", List.of("Pusher.java", "StandardSocket.java"));
        try (var server = base.start("jetty.http.idleTimeout=600000", "jetty.prefork.startServers=2");
                var socket = new Wire(new Socket("localhost", server.port()), new Transcript());
                var idle = new Wire(new Socket("localhost", server.port()), new Transcript())) {
            PreforkServers.ready(server, 2);
            var scoreboard = scoreboard(base);
            socket.send("GET /push-ee10/standard HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: websocket\n"
                    + "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\n\n");
            socket.receive("GET").shows(101);
            Await.until("upgraded", () -> upgraded(scoreboard).size() == 1);
            ask(idle).shows(200);

            try (var waiting = new Wire(new Socket("localhost", server.port()), new Transcript())) {
                ask(waiting).shows(200);
            }

            idle.awaitClose();
            assertFalse(scoreboard.traffic(upgraded(scoreboard).get(0)).isToEndKeepAlive());
        }
    }

    private static List<Integer> upgraded(Scoreboard scoreboard) {
        return IntStream.range(0, scoreboard.slots())
                .filter(slot -> scoreboard.traffic(slot).activity() == Activity.UPGRADED)
                .boxed()
                .toList();
    }
}
