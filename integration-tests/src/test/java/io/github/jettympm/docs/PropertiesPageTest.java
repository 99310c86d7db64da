package io.github.jettympm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of properties says what the modules say, and the modules say all that their XML files ask for. */
@Tag("once")
class PropertiesPageTest {
    private static final Path PAGE = Project.DIRECTORY.resolve("docs/properties.md");
    private static final Pattern ASKED =
            Pattern.compile("(?:<Property name|property)=\"(jetty\\.(?:prefork|worker|event|mpm)[\\w.]*)\"");

    @Test
    void pageSaysWhatTheModulesSay() throws IOException {
        var page = PropertiesPage.make(Project.DIRECTORY);
        if (Boolean.getBoolean("page.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "docs/properties.md is old; see its first paragraph");
    }

    @Test
    void everyPropertyThatIsAskedForIsOnThePage() throws IOException {
        var page = Files.readString(PAGE);
        var asked = asked();
        assertTrue(asked.contains("jetty.event.processes"), asked::toString);

        assertEquals(
                "", asked.lines().filter(it -> !page.contains("`" + it + "=")).collect(Collectors.joining(", ")));
    }

    /** The page has a rule for them in place of a line for each. */
    @ParameterizedTest
    @ValueSource(strings = {"event", "prefork", "worker"})
    void everyPropertyCanBeSetForTheTlsConnectorAlone(String model) {
        var etc = Project.DIRECTORY.resolve("connector-" + model + "/src/main/config/etc");
        var common = sets(etc.resolve("jetty-" + model + "-http.xml"), "jetty." + model);
        assertTrue(common.contains("startServers"), common::toString);

        var tls = etc.resolve("jetty-" + model + "-ssl.xml");
        assertEquals(common, sets(tls, "jetty." + model));
        assertEquals(common, sets(tls, "jetty." + model + ".ssl"));
        var text = Project.read(tls);
        assertTrue(
                text.lastIndexOf("\"jetty." + model + ".requestReadTimeout")
                        < text.indexOf("\"jetty." + model + ".ssl."),
                "what is set later counts");
    }

    /** Setters that are called with the property of their name. */
    private static List<String> sets(Path file, String prefix) {
        return Pattern.compile("<Set name=\"(\\w+)\" property=\"" + Pattern.quote(prefix) + "\\.\\1\"/>")
                .matcher(Project.read(file))
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    private static String asked() throws IOException {
        try (Stream<Path> files = Files.walk(Project.DIRECTORY, 6)) {
            return files.filter(it ->
                            it.toString().endsWith(".xml") && it.toString().contains("src/main/config/etc"))
                    .flatMap(PropertiesPageTest::properties)
                    .map(it -> it.replaceFirst("^(jetty\\.\\w+)\\.ssl\\.", "$1."))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Stream<String> properties(Path file) {
        return ASKED.matcher(Project.read(file)).results().map(it -> it.group(1));
    }
}
