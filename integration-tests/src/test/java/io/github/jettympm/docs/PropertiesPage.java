package io.github.jettympm.docs;

import io.github.jettympm.docs.ModuleProperties.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that lists all properties, made of what the modules' templates say about them. */
final class PropertiesPage {
    private static final String HEAD = """
            # Properties

            Everything that a module's `start.d/*.ini` can set, with its default. This page is made of the modules' templates; a test
            compares the two, and `mvn -pl integration-tests test -Dtest=PropertiesPageTest -Dpage.write=true` makes it anew.

            Set a property in `start.d/<module>.ini`, or on the command line of `start.jar`. A value that is out of its range stops the
            server's start with a message that names the property. The `-ssl` form of a connector has the same properties, with
            `jetty.ssl.` in place of `jetty.http.`.

            What begins with `jetty.event.`, `jetty.prefork.` or `jetty.worker.` holds for both forms, wherever it is set. With `ssl.` behind that
            it is for the `-ssl` form alone, such as `jetty.prefork.ssl.startServers`; one that is not set has the value without `ssl.`
            ([Several connectors](operations.md#several-connectors)).
            """;

    private PropertiesPage() {}

    static String make(Path project) throws IOException {
        var page = new StringBuilder(HEAD);
        for (var file : modules(project)) {
            var module = ModuleProperties.read(file);
            if (!module.groups().isEmpty()) {
                page.append(section(module));
            }
        }
        return page.toString();
    }

    private static List<Path> modules(Path project) throws IOException {
        try (Stream<Path> connectors = Files.list(project)) {
            return connectors
                    .map(it -> it.resolve("src/main/config/modules"))
                    .filter(Files::isDirectory)
                    .flatMap(PropertiesPage::list)
                    .filter(it ->
                            it.toString().endsWith(".mod") && !it.toString().endsWith("-ssl.mod"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(ModuleProperties module) {
        return "\n## " + module.module() + "\n\n| property = default | what it is |\n|---|---|\n"
                + module.groups().stream().map(PropertiesPage::row).collect(Collectors.joining());
    }

    private static String row(Group group) {
        var names = group.properties().stream()
                .map(it -> "`" + it.name() + "=" + it.value() + "`")
                .collect(Collectors.joining("<br>"));
        return "| " + names + " | " + group.comment().replace("|", "\\|").replace("<", "&lt;") + " |\n";
    }
}
