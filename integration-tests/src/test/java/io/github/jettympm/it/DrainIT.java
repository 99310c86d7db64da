package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.awaitEnd;
import static io.github.jettympm.it.PreforkServers.process;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients see of a server that is stopped, whoever serves them: what has begun is finished. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class DrainIT {
    private static final String GET = "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String DRAINING = "Stopped oejs.Server@\\w+\\{STOPPING}\\[[^]]*sto=30000]";
    private static final long DEADLINE = 60; // seconds

    private static final String SECOND_POOL = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <Call name="addConnector"><Arg>
                <New class="io.github.jettympm.prefork.PreforkConnector">
                  <Arg><Ref refid="Server"/></Arg>
                  <Arg><Array type="org.eclipse.jetty.server.ConnectionFactory"><Item>
                    <New class="org.eclipse.jetty.server.HttpConnectionFactory"/>
                  </Item></Array></Arg>
                  <Set name="port"><Property name="second.port"/></Set>
                  <Set name="pm">static</Set>
                  <Set name="startServers">1</Set>
                  <Set name="classDataArchive">false</Set>
                </New>
              </Arg></Call>
            </Configure>
            """;

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "EVENT"})
    void aServerInOneProcessFinishesWhatItHasBegun(Model model) throws Exception {
        var server = PreforkServers.base("drain-" + model, model).start();
        try (var kept = new Socket("localhost", server.port());
                var inFlight = new Socket("localhost", server.port())) {
            ask(kept, GET);
            assertEquals(server.process().pid(), process(kept));
            ask(inFlight, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(inFlight));

            signal("TERM", server.process().pid());
            said(server, DRAINING, 1);
            assertEquals(-1, kept.getInputStream().read());
            ask(inFlight, "abc");

            var answer = new String(inFlight.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("3 bytes, SHA-256 ba7816bf"), answer);
            assertTrue(answer.contains("Connection: close"), answer);
            awaitEnd(server, List.of());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "EVENT"})
    void aRequestThatNeverEndsIsEndedByTheDrainTimeout(Model model) throws Exception {
        var property = model.module().replace("connector-", "jetty.") + ".drainTimeout=1000";
        var server = PreforkServers.base("undrained-" + model, model).start(property);
        try (var inFlight = new Socket("localhost", server.port())) {
            ask(inFlight, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(inFlight));

            signal("TERM", server.process().pid());

            said(server, "sto=1000]", 1);
            awaitEnd(server, List.of());
        }
    }

    @Test
    void twoPoolsBeginToDrainAtOnce() throws Exception {
        var base = PreforkServers.base("drain-pools");
        base.write("etc/second.xml", SECOND_POOL);
        int second = JettyServer.freePort();
        var server = base.start("second.port=" + second, "etc/second.xml");
        var children = ready(server, 2);
        try (var first = new Socket("localhost", server.port());
                var other = new Socket("localhost", second)) {
            for (var socket : List.of(first, other)) {
                ask(socket, POST_IN_FLIGHT);
                assertEquals("HTTP/1.1 100 Continue", statusLine(socket));
            }

            signal("TERM", server.process().pid());
            said(server, DRAINING, 2); // while neither can end
            for (var socket : List.of(first, other)) {
                ask(socket, "abc");
                var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
                assertTrue(answer.contains("HTTP/1.1 200 OK"), answer);
            }
            said(server, "children ended: GRACEFUL", 2);
            awaitEnd(server, children);
        }
    }

    @Test
    void theGracefulHandlerRefusesNothingInAChild() throws Exception {
        var base = JettyHome.ofBuild().createBase("drain-graceful", Model.WORKER);
        base.addModules(List.of(Model.WORKER.module(), "graceful", "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        var server = base.start("jetty.worker.processes=1", "jetty.graceful.shutdownIdleTimeout=60000");
        var children = ready(server, 1);
        try (var busy = wire(server);
                var first = wire(server);
                var second = wire(server);
                var third = wire(server)) {
            for (var kept : List.of(first, second, third)) {
                assertEquals("200", get(kept));
            }

            signal("TERM", server.process().pid());
            var answer = get(busy);
            while (answer.equals("200")) {
                answer = get(busy); // until it knows of the drain
            }

            assertEquals("200 close", answer);
            for (var kept : List.of(first, second, third)) {
                assertEquals("200 close", get(kept));
            }
        }
        awaitEnd(server, children);
    }

    private static Wire wire(JettyServer server) throws Exception {
        return new Wire(new Socket("localhost", server.port()), new Transcript());
    }

    /** The status, and what it says of the connection. */
    private static String get(Wire wire) throws Exception {
        wire.send("GET /echo/process HTTP/1.1\nHost: localhost\n\n");
        var answer = wire.receive("GET /echo/process");
        var connection = answer.headers().getOrDefault("connection", List.of());
        return (answer.status() + " " + String.join(" ", connection)).strip();
    }

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(Model.PREFORK, "jetty.prefork.startServers=1", 1),
                Arguments.of(Model.WORKER, "jetty.worker.processes=1", 1),
                Arguments.of(Model.WORKER, "jetty.worker.processes=0", 0),
                Arguments.of(Model.EVENT, "jetty.event.processes=1", 1),
                Arguments.of(Model.EVENT, "jetty.event.processes=0", 0));
    }

    @ParameterizedTest
    @MethodSource("models")
    void webSocketsAndHttp2AreToldThatTheServerGoesAway(Model model, String property, int children) throws Exception {
        var base = JettyHome.ofBuild().createBase("away-" + model + "-" + children, model);
        var modules = new ArrayList<>(List.of(model.module(), "ee10-deploy", "ee10-websocket-jakarta"));
        if (model.speaksHttp2()) {
            modules.add("http2c");
        }
        base.addModules(modules);
        CompiledWar.deploy(base, "push", "ee10", List.of("Pusher.java", "StandardSocket.java"));
        var server = base.start(property);
        var pids = children == 0 ? List.<Long>of() : ready(server, children);
        var client = new HTTP2Client();
        client.start();
        try {
            var closed = openWebSocket(server.port());
            var gone = model.speaksHttp2() ? openSession(client, server.port()) : null;

            signal("TERM", server.process().pid());

            assertEquals(1001, closed.get(DEADLINE, TimeUnit.SECONDS));
            if (gone != null) {
                assertEquals(0, gone.get(DEADLINE, TimeUnit.SECONDS).getError());
            }
            awaitEnd(server, pids);
        } finally {
            LifeCycle.stop(client);
        }
    }

    /** Completed with the status with which the server closes it. */
    private static CompletableFuture<Integer> openWebSocket(int port) {
        var closed = new CompletableFuture<Integer>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/push-ee10/standard"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        closed.complete(status);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        closed.completeExceptionally(error);
                    }
                })
                .join();
        return closed;
    }

    /** Completed with the first GOAWAY; the server has answered before. */
    private static CompletableFuture<GoAwayFrame> openSession(HTTP2Client client, int port) throws Exception {
        var settled = new CompletableFuture<Void>();
        var gone = new CompletableFuture<GoAwayFrame>();
        client.connect(new InetSocketAddress("localhost", port), new Session.Listener() {
                    @Override
                    public void onSettings(Session session, SettingsFrame frame) {
                        settled.complete(null);
                    }

                    @Override
                    public void onGoAway(Session session, GoAwayFrame frame) {
                        gone.complete(frame);
                    }
                })
                .get(DEADLINE, TimeUnit.SECONDS);
        settled.get(DEADLINE, TimeUnit.SECONDS);
        return gone;
    }
}
