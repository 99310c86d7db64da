package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.portOf;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static io.github.jettympm.it.PreforkServers.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stock connector beside prefork in one server: the parent serves it, and runs the applications for it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("once")
class MixedIT {
    private static final String HEAD = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            """;

    private static final String ADDED = HEAD + """
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <Call name="addConnector"><Arg>
                <New id="second" class="org.eclipse.jetty.server.ServerConnector">
                  <Arg name="server"><Ref refid="Server"/></Arg>
                  <Set name="port"><Property name="second.port"/></Set>
                </New>
              </Arg></Call>
            </Configure>
            """;

    /** What is the root of a file is started by Jetty, be it the server's or not. */
    private static final String STARTED =
            HEAD + "<Configure id=\"second\" class=\"org.eclipse.jetty.server.ServerConnector\"/>";

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void parentServesTheStockConnectorAndSharesSessionsWithTheChildren() throws Exception {
        try (var server = start(base("mixed"))) {
            var children = ready(server, 2);
            int second = portOf(server, "ServerConnector");
            assertTrue(children.contains(servedBy(server)));

            var atParent = session(second);
            var atChild = session(server.port());

            assertEquals(server.process().pid() + " 1", atParent);
            assertTrue(atChild.endsWith(" 2"), atChild);
            assertTrue(children.contains(Long.valueOf(atChild.split(" ")[0])), atChild);

            signal("HUP", server.process().pid());
            said(
                    server,
                    "WARN .*this process runs the applications as well, for a connector without children: only",
                    1);
            ready(server, 4);
        }
    }

    @Test
    void sessionsThatParentAndChildDoNotShareAreRefused() throws Exception {
        var base = JettyHome.ofBuild().createBase("mixed-files", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "session-store-file", "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");

        var failure =
                assertThrows(IllegalStateException.class, () -> start(base).close());

        assertTrue(
                failure.getMessage().contains("several processes serve the application at /echo"), failure::getMessage);
    }

    private static JettyServer start(JettyBase base) throws Exception {
        base.expectBeside("ServerConnector");
        base.write("etc/second.xml", ADDED);
        base.write("etc/second-started.xml", STARTED);
        return base.start("jetty.prefork.startServers=2", "second.port=0", "etc/second.xml", "etc/second-started.xml");
    }

    /** Process and count of the session. */
    private String session(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/echo/session"))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body().split(" \\[")[0];
    }
}
