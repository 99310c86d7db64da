package io.github.jettympm.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

    private static String asked() throws IOException {
        try (Stream<Path> files = Files.walk(Project.DIRECTORY, 6)) {
            return files.filter(it ->
                            it.toString().endsWith(".xml") && it.toString().contains("src/main/config/etc"))
                    .flatMap(PropertiesPageTest::properties)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Stream<String> properties(Path file) {
        return ASKED.matcher(Project.read(file)).results().map(it -> it.group(1));
    }
}
