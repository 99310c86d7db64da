package io.github.jettympm.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this project; tests run in the directory of their module. */
final class Project {
    static final Path DIRECTORY = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    /** Reads a file, as part of a stream. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
