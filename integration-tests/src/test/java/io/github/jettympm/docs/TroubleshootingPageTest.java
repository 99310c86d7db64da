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

/** The messages that the page explains are messages of the connectors. */
@Tag("once")
class TroubleshootingPageTest {
    /** The first cell of a row, if it is a quotation. */
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void everyMessageIsInTheCode() throws IOException {
        var code = code();
        var messages = MESSAGE.matcher(Files.readString(Project.DIRECTORY.resolve("docs/troubleshooting.md")))
                .results()
                .map(it -> it.group(1))
                .toList();
        assertTrue(messages.size() > 20, messages::toString);

        assertEquals(
                List.of(),
                messages.stream()
                        .filter(it -> !Stream.of(it.split("…")).allMatch(code::contains))
                        .toList());
    }

    /** All of it, with literals that are put together of several made one. */
    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Project.DIRECTORY)) {
            return files.filter(it -> it.toString().contains("src/main/java")
                            && it.getFileName().toString().endsWith(".java"))
                    .map(Project::read)
                    .collect(Collectors.joining("\n"))
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }
}
