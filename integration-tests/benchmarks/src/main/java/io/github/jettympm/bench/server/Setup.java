package io.github.jettympm.bench.server;

import io.github.jettympm.bench.machine.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What servers are made of: all that the build and {@link Payloads} have put there.
 *
 * @param project the root of the project
 * @param target where the harness writes
 * @param jettyHome an unpacked Jetty
 * @param jdk what servers run on
 * @param jdk25 what servers run on that need a newer one
 */
public record Setup(Path project, Path target, Path jettyHome, Jdk jdk, Optional<Jdk> jdk25) {
    /** The same for all servers on a Java virtual machine. */
    public static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    /** Instead, where tens of thousands of connections have to fit. */
    public static final List<String> SMALL_HEAP_OPTIONS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    /** The options for a placement. */
    static List<String> jvmOptions(Placement placement) {
        return switch (placement.variant()) {
            case SMALL_HEAP -> SMALL_HEAP_OPTIONS;
            case OWN_OPTIONS -> List.of();
            default -> JVM_OPTIONS;
        };
    }

    /** The servlets. */
    Path war() {
        return target.resolve("bench.war");
    }

    /** The static files. */
    public Path files() {
        return target.resolve("files");
    }

    Path keyStore() {
        return target.resolve("keystore.p12");
    }

    /** The file to upload. */
    public Path upload() {
        return target.resolve("upload.bin");
    }

    /** The zip of a connector, as it is built. */
    Path dropIn(String model) throws IOException {
        return one("connector-" + model, ".*-jetty-base\\.zip");
    }

    /** The jars of all connectors. */
    public List<Path> connectorJars() throws IOException {
        return List.of(jar("api"), jar("event"), jar("worker"), jar("prefork"));
    }

    private Path jar(String name) throws IOException {
        return one("connector-" + name, "connector-" + name + "-[0-9.]+(-SNAPSHOT)?\\.jar");
    }

    private Path one(String module, String pattern) throws IOException {
        Path directory = project.resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .findFirst()
                    .orElseThrow(() -> new IOException("nothing like " + pattern + " in " + directory));
        }
    }

    /** The libraries whose names begin with one of the given words, as a class path with the harness's own classes. */
    public String classPath(String... beginnings) throws IOException {
        try (Stream<Path> files = Files.list(target.resolve("lib"))) {
            return Stream.concat(
                            Stream.of(target.resolve("classes")),
                            files.filter(file -> begins(file, beginnings)).sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        }
    }

    private static boolean begins(Path file, String... beginnings) {
        String name = file.getFileName().toString();
        return Stream.of(beginnings).anyMatch(name::startsWith);
    }
}
