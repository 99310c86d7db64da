package io.github.jettympm.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** An unpacked Jetty distribution, never written to, and the places where Maven put what goes with it. */
record JettyHome(Path directory, Path wars, Path dropIns, Path bases) {
    /** The places that the build names in system properties. */
    static JettyHome ofBuild() {
        return new JettyHome(path("it.jetty.home"), path("it.wars"), path("it.drop-ins"), path("it.bases"));
    }

    /**
     * Creates a Jetty base as an operator would, with one connector dropped in.
     *
     * @param name names the directory; an older base of that name is deleted
     */
    JettyBase createBase(String name, Model model) throws IOException {
        var directory = bases.resolve(name);
        delete(directory);
        Files.createDirectories(directory.resolve("tmp"));
        var base = new JettyBase(this, directory, model);
        if (model.dropIn().isPresent()) {
            base.unpack(dropIns.resolve(model.dropIn().get()));
        }
        return base;
    }

    Path startJar() {
        return directory.resolve("start.jar");
    }

    private static Path path(String property) {
        var value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("System property " + property + " is not set; run `mvn verify`");
        }
        return Path.of(value);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
