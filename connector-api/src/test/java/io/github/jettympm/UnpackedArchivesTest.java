package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedArchivesTest {
    @TempDir
    private Path directory;

    private Path shared;
    private UnpackedArchives archives;

    @BeforeEach
    void create() throws IOException {
        shared = Files.createDirectory(directory.resolve("shared"));
        archives = new UnpackedArchives(shared);
    }

    private Path war(String content) throws IOException {
        Path next = directory.resolve("next");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(next))) {
            zip.putNextEntry(new ZipEntry("WEB-INF/"));
            zip.putNextEntry(new ZipEntry("WEB-INF/version.txt"));
            zip.write(content.getBytes());
        }
        return Files.move(next, directory.resolve("app.war"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String version(Path unpacked) throws IOException {
        return Files.readString(unpacked.resolve("WEB-INF/version.txt"));
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(shared)) {
            return entries.map(entry -> entry.getFileName().toString().substring(0, 4))
                    .toList();
        }
    }

    @Test
    void everyProcessFindsWhatTheFirstHasUnpacked() throws IOException {
        Path war = war("one");
        Path first = archives.unpacked(war);
        Files.writeString(first.resolve("mark"), "by the first");

        Path second = new UnpackedArchives(shared).unpacked(war);

        assertEquals(first, second);
        assertEquals("one", version(second));
        assertEquals("by the first", Files.readString(second.resolve("mark")));
        assertEquals(List.of("app-"), names());
    }

    @Test
    void replacedArchiveIsAnotherAndDoesNotMixWithTheOld() throws IOException {
        Path one = archives.unpacked(war("one"));

        Path two = archives.unpacked(war("two"));

        assertNotEquals(one, two);
        assertEquals("one", version(one));
        assertEquals("two", version(two));
    }

    @Test
    void whatCannotBeUnpackedLeavesNothing() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.war"), "no archive");

        assertThrows(Exception.class, () -> archives.unpacked(broken));

        assertEquals(List.of(), names());
    }
}
