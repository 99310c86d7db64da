package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others wrote understands the status: Debian's exporter for httpd, Prometheus' checker, and a browser. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("long")
class StatusToolsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "WORKER", "PREFORK"})
    void exporterForHttpdTakesTheText(Model model) throws Exception {
        Program.require("prometheus-apache-exporter", "prometheus-apache-exporter");
        try (var server = serving(model)) {
            exporterForHttpdTakesTheText(server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "WORKER", "PREFORK"})
    void checkerOfPrometheusTakesTheMetrics(Model model) throws Exception {
        Program.require("promtool", "prometheus");
        try (var server = serving(model)) {
            checkerOfPrometheusTakesTheMetrics(server);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "WORKER", "PREFORK"})
    void browserShowsThePage(Model model) throws Exception {
        Program.require("chromium", "chromium");
        try (var server = serving(model)) {
            browserShowsThePage(server);
        }
    }

    private static JettyServer serving(Model model) throws Exception {
        var server = StatusPageIT.base("tools-" + model.module(), model).start(spare(model));
        for (int i = 0; i < 20; i++) {
            StatusPageIT.get(server, "/echo/process");
        }
        return server;
    }

    /** The exporter keeps its connection, which holds a child of prefork. */
    private static String spare(Model model) {
        return model == Model.PREFORK ? "jetty.prefork.startServers=3" : "jetty.http.idleTimeout=30000";
    }

    private void exporterForHttpdTakesTheText(JettyServer server) throws Exception {
        int port = JettyServer.freePort();
        var exporter = new ProcessBuilder(
                        "prometheus-apache-exporter",
                        listenFlag() + "=127.0.0.1:" + port,
                        "--scrape_uri=" + url(server, "/?auto"))
                .redirectErrorStream(true)
                .start();
        try (var output = exporter.inputReader()) {
            var said = new StringBuilder();
            for (var line = output.readLine(); !said.toString().contains("Listening on"); line = output.readLine()) {
                assertNotNull(line, said::toString);
                said.append(line).append('\n');
            }
            var metrics = scrape(port);
            System.out.println(server.base().model() + ": prometheus-apache-exporter says\n"
                    + String.join(
                            "\n",
                            metrics.lines()
                                    .filter(it -> it.startsWith("apache_"))
                                    .toList()));
            assertTrue(metrics.contains("\napache_up 1\n"), metrics);
            assertTrue(metrics.contains("\napache_scoreboard{state=\"reply\"} 1\n"), metrics);
            assertTrue(metrics.matches("(?s).*\napache_accesses_total [2-9]\\d\n.*"), metrics);
        } finally {
            exporter.destroy();
            exporter.waitFor();
        }
    }

    /** Version 1 has another name for it. */
    private static String listenFlag() throws Exception {
        var help = new ProcessBuilder("prometheus-apache-exporter", "--help")
                .redirectErrorStream(true)
                .start();
        var said = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.contains("--telemetry.address") ? "--telemetry.address" : "--web.listen-address";
    }

    private String scrape(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    private void checkerOfPrometheusTakesTheMetrics(JettyServer server) throws Exception {
        var metrics = server.base().directory().resolve("metrics.txt");
        String response = StatusPageIT.get(server, StatusPageIT.PATH + "?openmetrics");
        Files.writeString(metrics, response.substring(response.indexOf("\r\n\r\n") + 4));
        var output = server.base().directory().resolve("promtool.log");
        int status = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertEquals("", Files.readString(output));
        assertEquals(0, status);
    }

    private void browserShowsThePage(JettyServer server) throws Exception {
        for (int width : new int[] {400, 1200}) {
            for (String scheme : List.of("light", "dark")) {
                var directory = server.base().directory();
                var picture = directory.resolve("status-" + width + "-" + scheme + ".png");
                var log = directory.resolve("chromium.log");
                var browser = new ProcessBuilder(browse(server, directory, width, scheme, picture))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                assertTrue(browser.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS));
                var said = Files.readString(log);
                assertTrue(Files.size(picture) > 10_000, said);
                assertFalse(said.contains("CONSOLE"), said); // it would complain of what the policy refuses
                System.out.println("see " + picture);
            }
        }
    }

    private static List<String> browse(JettyServer server, Path directory, int width, String scheme, Path picture) {
        var command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + directory.resolve("chromium"),
                "--window-size=" + width + ",1600",
                "--screenshot=" + picture));
        if (scheme.equals("dark")) {
            command.add("--blink-settings=preferredColorScheme=0");
        }
        command.add(url(server, ""));
        return command;
    }

    private static String url(JettyServer server, String query) {
        return "http://127.0.0.1:" + server.port() + StatusPageIT.PATH + query;
    }
}
