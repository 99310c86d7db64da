package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.awaitEnd;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command {@code mpm} of the drop-in, as a process of its own, beside a real server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class CommandIT {
    /** What a process said, and with which status it ended. */
    record Said(int status, String text) {}

    static Said mpm(JettyBase base, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(jar(base).toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--base", base.directory().toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static Path jar(JettyBase base) throws IOException {
        try (Stream<Path> jars = Files.list(base.directory().resolve("lib/mpm"))) {
            return jars.filter(it -> it.getFileName().toString().startsWith("connector-api-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void assertSays(Said said, int status, String words) {
        assertTrue(said.status() == status && said.text().contains(words), said::toString);
    }

    @Test
    void aServerIsReadDrainedRestartedAndStopped() throws Exception {
        var base = PreforkServers.base("command");
        try (var server = base.start("jetty.prefork.startServers=2")) {
            var children = ready(server, 2);

            assertSays(mpm(base, "status"), 0, "0: prefork on 0.0.0.0:" + server.port() + ": 2 children of at most ");
            var json = mpm(base, "status", "--json");
            for (long child : children) {
                assertSays(json, 0, "\"pid\":" + child);
            }

            assertSays(mpm(base, "drain", "7"), 1, "no child of ");
            var drained = mpm(base, "drain", "1");
            assertSays(drained, 0, " (slot 1) finishes what it has begun and ends");
            said(
                    server,
                    drained.text().replaceFirst("(child \\d+) .*\n", "$1")
                            + " \\(slot 1\\) ended after .* as it was asked to",
                    1);
            ready(server, 3);

            assertSays(mpm(base, "restart"), 0, "are restarted");
            said(server, "generation 2 is ready", 1);
            var all = ready(server, 5);

            var stopped = mpm(base, "stop", "--json");
            assertEquals(
                    new Said(
                            0,
                            "{\"command\":\"stop\",\"server\":"
                                    + server.process().pid() + "}\n"),
                    stopped);
            awaitEnd(server, all);
        }
        assertSays(mpm(base, "status"), 3, "no server runs in " + base.directory());
    }
}
