package io.github.jettympm.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An application that says which version of it is served, at {@code version.txt}. */
final class VersionWar {
    private VersionWar() {}

    /** Packs a version into {@code directory} and returns the file. */
    static Path pack(Path directory, String version) throws IOException {
        var war = directory.resolve(version + ".war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new ZipEntry("version.txt"));
            zip.write(version.getBytes(StandardCharsets.US_ASCII));
            zip.putNextEntry(new ZipEntry("WEB-INF/"));
        }
        return war;
    }

    /** Puts a version in the place of the one that is deployed under {@code name}, as {@code mv} does. */
    static void replace(JettyBase base, String name, String version) throws IOException {
        Files.move(
                pack(base.directory(), version),
                base.directory().resolve("webapps/" + name + ".war"),
                StandardCopyOption.ATOMIC_MOVE);
    }
}
