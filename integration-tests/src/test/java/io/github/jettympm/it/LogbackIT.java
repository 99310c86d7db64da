package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.docs.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logback with the configuration that the page for operators has: a file for each process, and its own lines in it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("long")
class LogbackIT {
    private static final Pattern READY = Pattern.compile("child (\\d+) \\(slot ([01])\\) ready");

    @Test
    void everyProcessHasItsOwnFile() throws Exception {
        var base = PreforkServers.base("logback");
        base.addModules(List.of("pid", "state", "logging-logback"));
        base.write("resources/logback.xml", Sample.of("operations.md", "<configuration>"));
        Set<Long> children;
        try (var script = new JettySh(base, JettySh.NO_DAEMON, "jetty.prefork.startServers=2")) {
            script.assertDone("start", "started\nOK ");
            children = script.bothChildren();

            script.assertDone("stop", "\nOK\n");
        }

        assertEquals(Set.of("shop-parent-0.log", "shop-0-0.log", "shop-0-1.log"), logs(base));
        var parent = lines(base, "parent-0", "[parent-0 g0]");
        assertEquals(
                children,
                parent.stream()
                        .flatMap(it -> READY.matcher(it).results())
                        .map(it -> Long.valueOf(it.group(1)))
                        .collect(Collectors.toSet()));
        for (var slot : List.of("0", "1")) {
            var child = lines(base, "0-" + slot, "[0-" + slot + " g1]");
            assertTrue(child.stream().anyMatch(it -> it.contains(" Started oejs.Server@")), child::toString);
        }
    }

    private static Set<String> logs(JettyBase base) throws IOException {
        try (Stream<Path> files = Files.list(base.directory().resolve("logs"))) {
            return files.map(it -> it.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** The lines of a process, each of which says whose it is. */
    private static List<String> lines(JettyBase base, String name, String who) throws IOException {
        var lines = Files.readAllLines(base.directory().resolve("logs/shop-" + name + ".log"));
        assertEquals(List.of(), lines.stream().filter(it -> !it.contains(who)).toList());
        return lines;
    }
}
