package io.github.jettympm.sessions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native library of SQLite's driver, about 1 MB, unpacked once for all processes that have a directory in common. Each would
 * unpack its own copy otherwise, compare it with what is in the jar, and share its memory with nobody.
 */
final class NativeLibrary {
    /** Where the driver looks for its library before it unpacks one. */
    private static final String DIRECTORY = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /**
     * Has the driver load the library from a directory, where the first process that comes unpacks it. Whoever says where it is
     * is left alone.
     *
     * @param directory one that only processes with the same driver have in common
     * @throws IOException if there is none for this machine, or it cannot be written
     */
    static void share(Path directory) throws IOException {
        if (System.getProperty(DIRECTORY) != null) {
            return;
        }
        Path library = directory.resolve(LibraryLoaderUtil.getNativeLibName());
        if (Files.notExists(library)) {
            unpack(library);
        }
        System.setProperty(DIRECTORY, directory.toString());
    }

    /** One process may see the work of another, but never half of it. */
    private static void unpack(Path library) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
        Path unfinished = Files.createTempFile(library.getParent(), ".unfinished-", null);
        try (InputStream content = LibraryLoaderUtil.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("the driver of the session database has no " + name);
            }
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
