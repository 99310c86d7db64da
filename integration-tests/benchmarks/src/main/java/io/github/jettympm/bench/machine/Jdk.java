package io.github.jettympm.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Java development kit that servers run on. */
public record Jdk(Path home, String version) {
    /** The kit that runs the harness. */
    public static Jdk own() {
        return new Jdk(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
    }

    /** A kit of the given major version: this one, the one in JAVA{major}_HOME, or where they usually are. */
    public static Optional<Jdk> find(int major) throws IOException {
        for (Path home : candidates(major)) {
            String version = version(home);
            if (version.equals(Integer.toString(major)) || version.startsWith(major + ".")) {
                return Optional.of(new Jdk(home, version));
            }
        }
        return Optional.empty();
    }

    private static List<Path> candidates(int major) throws IOException {
        var candidates = new ArrayList<Path>();
        candidates.add(own().home());
        Optional.ofNullable(System.getenv("JAVA" + major + "_HOME"))
                .map(Path::of)
                .ifPresent(candidates::add);
        Path user = Path.of(System.getProperty("user.home"));
        for (Path directory :
                List.of(Path.of("/usr/lib/jvm"), user.resolve(".sdkman/candidates/java"), user.resolve(".jdks"))) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> homes = Files.list(directory)) {
                    homes.sorted().forEach(candidates::add);
                }
            }
        }
        return candidates;
    }

    private static String version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/javac"))) {
            return "";
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    /** The major version, such as 17. */
    public int major() {
        return Integer.parseInt(version.split("[.+-]")[0]);
    }

    /** A program of the kit. */
    public String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
