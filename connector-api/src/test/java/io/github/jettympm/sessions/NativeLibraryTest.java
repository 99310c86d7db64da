package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

class NativeLibraryTest {
    private static final String PROPERTY = "org.sqlite.lib.path";

    @TempDir
    private Path directory;

    @AfterEach
    void reset() {
        System.clearProperty(PROPERTY);
    }

    private Path library() {
        return directory.resolve(LibraryLoaderUtil.getNativeLibName());
    }

    private Object unpacked() throws IOException {
        return Files.readAttributes(library(), BasicFileAttributes.class).fileKey();
    }

    @Test
    void theFirstUnpacksItForAll() throws IOException {
        NativeLibrary.share(directory);
        Object first = unpacked();
        System.clearProperty(PROPERTY); // as in another process
        NativeLibrary.share(directory);

        assertEquals(first, unpacked());
        assertEquals(directory.toString(), System.getProperty(PROPERTY));
        System.load(library().toString());
        try (var files = Files.list(directory)) {
            assertEquals(1, files.count(), "nothing unfinished is left");
        }
    }

    @Test
    void whoSaysWhereItIsIsLeftAlone() throws IOException {
        System.setProperty(PROPERTY, "/opt/sqlite");

        NativeLibrary.share(directory);

        assertEquals("/opt/sqlite", System.getProperty(PROPERTY));
        assertTrue(Files.notExists(library()));
    }

    /** The driver unpacks its own then. */
    @Test
    void directoryThatIsNotThereIsNotUsed() {
        assertThrows(IOException.class, () -> NativeLibrary.share(directory.resolve("none")));

        assertEquals(null, System.getProperty(PROPERTY));
    }
}
