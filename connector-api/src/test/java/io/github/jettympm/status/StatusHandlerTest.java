package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatusHandlerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpConfiguration configuration = new HttpConfiguration();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    private final StatusHandler handler = new StatusHandler(() -> Statuses.server(Statuses.prefork()));

    /** What would answer if the status page did not. */
    private static final class Application extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, "application", callback);
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Application());
        server.insertHandler(handler);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + target));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String target) throws Exception {
        return send(request(target));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "'', text/html; charset=utf-8, <!DOCTYPE html>",
        "?auto, text/plain; charset=ISO-8859-1, www.example.org",
        "/?auto, text/plain; charset=ISO-8859-1, www.example.org",
        "?json, application/json, {\"now\":",
        "?openmetrics, text/plain; version=0.0.4; charset=utf-8, # HELP jetty_mpm_info",
    })
    void queryChoosesTheForm(String query, String contentType, String start) throws Exception {
        var response = get("/server-status" + query);

        assertEquals(200, response.statusCode());
        assertEquals(contentType, header(response, "Content-Type"));
        assertTrue(response.body().startsWith(start), response.body());
        assertEquals(Integer.toString(response.body().getBytes("UTF-8").length), header(response, "Content-Length"));
    }

    @Test
    void whoUnderstandsOpenMetricsGetsIt() throws Exception {
        String accept = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

        var response = send(request("/server-status?openmetrics").header("Accept", accept));

        assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", header(response, "Content-Type"));
        assertTrue(response.body().startsWith("# HELP jetty_mpm Version"), response.body());
    }

    @Test
    void nobodyKeepsItAndTheBrowserMayDoNothingElse() throws Exception {
        var response = get("/server-status");

        assertEquals("no-store", header(response, "Cache-Control"));
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertTrue(
                header(response, "Content-Security-Policy").startsWith("default-src 'none'; style-src 'sha256-"),
                header(response, "Content-Security-Policy"));
        assertEquals("", header(response, "Refresh"));
        assertEquals("7", header(get("/server-status?refresh=7"), "Refresh"));
    }

    @Test
    void headHasNoContent() throws Exception {
        var response = send(request("/server-status?auto").method("HEAD", BodyPublishers.noBody()));

        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertTrue(Integer.parseInt(header(response, "Content-Length")) > 0);
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        var response = send(request("/server-status").POST(BodyPublishers.ofString("x")));

        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", header(response, "Allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/server-status/x", "/server-statuses", "/shop/server-status"})
    void otherPathsAreTheApplications(String path) throws Exception {
        assertEquals("application", get(path).body());
    }

    @Test
    void pathCanBeChosen() throws Exception {
        handler.setPath("/manage/mpm");

        assertEquals("application", get("/server-status").body());
        assertEquals(200, get("/manage/mpm?auto").statusCode());
        assertThrows(IllegalArgumentException.class, () -> handler.setPath("status"));
    }

    @Test
    void strangerIsToldWhyHeSeesNothing() throws Exception {
        handler.setAllow("192.0.2.0/24");

        var response = get("/server-status");

        assertEquals(403, response.statusCode());
        assertEquals(
                "The status of this server is shown to the addresses in jetty.mpm.status.allow only, not to 127.0.0.1.\n",
                response.body());
        assertEquals("no-store", header(response, "Cache-Control"));
        assertEquals(403, send(request("/server-status").DELETE()).statusCode());
    }

    @Test
    void forgedHeaderOpensNothing() throws Exception {
        configuration.addCustomizer(new ForwardedRequestCustomizer());
        handler.setAllow("192.0.2.1");

        var response = send(request("/server-status").header(HttpHeader.X_FORWARDED_FOR.asString(), "192.0.2.1"));

        assertEquals(403, response.statusCode());
        assertTrue(response.body().endsWith("not to 127.0.0.1.\n"), response.body());
    }

    @Test
    void proxyOnThisMachineDoesNotMakeStrangersLocal() throws Exception {
        configuration.addCustomizer(new ForwardedRequestCustomizer());

        var stranger = send(request("/server-status").header(HttpHeader.X_FORWARDED_FOR.asString(), "203.0.113.9"));
        var named = send(request("/server-status").header(HttpHeader.X_FORWARDED_FOR.asString(), "localhost"));
        var local = send(request("/server-status").header(HttpHeader.X_FORWARDED_FOR.asString(), "127.0.0.1"));

        assertEquals(403, stranger.statusCode());
        assertTrue(stranger.body().endsWith("shown to this machine only, not to 203.0.113.9.\n"), stranger.body());
        assertEquals(403, named.statusCode());
        assertEquals(200, local.statusCode());
    }
}
