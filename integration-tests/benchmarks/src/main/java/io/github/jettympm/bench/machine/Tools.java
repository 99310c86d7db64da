package io.github.jettympm.bench.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that the harness drives, and how to get one that is missing. */
public final class Tools {
    private static final Map<String, String> PACKAGES = Map.of(
            "wrk", "wrk",
            "h2load", "nghttp2-client",
            "taskset", "util-linux",
            "apache2", "apache2-bin",
            "nginx", "nginx-light",
            "perf", "linux-perf",
            "strace", "strace");

    private static final List<String> MORE_DIRECTORIES = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

    private Tools() {}

    /** Where a program is. */
    public static Optional<Path> find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), MORE_DIRECTORIES.stream())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Why a program cannot be used, and what to do about it; empty if it can. */
    public static Optional<String> missing(String program) {
        return find(program).isPresent()
                ? Optional.empty()
                : Optional.of("%s is not installed (Debian: apt-get install %s)"
                        .formatted(program, PACKAGES.getOrDefault(program, program)));
    }

    /** The path of a program that {@link #missing} has been asked about. */
    public static String path(String program) {
        return find(program)
                .orElseThrow(() -> new IllegalStateException(missing(program).orElseThrow()))
                .toString();
    }
}
