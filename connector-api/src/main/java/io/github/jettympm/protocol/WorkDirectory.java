package io.github.jettympm.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that a parent makes for itself and its children, mode 0700: the scoreboard, and one directory per slot
 * for the temporary files of the child that lives in it, so that no two children ever write the same one.
 */
public final class WorkDirectory {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String SCOREBOARD = "scoreboard";

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes a new one in the directory for temporary files.
     *
     * @return an empty directory that only this user may enter
     * @throws IOException if it cannot be made
     */
    public static WorkDirectory create() throws IOException {
        return new WorkDirectory(Files.createTempDirectory("jetty-mpm-", OWNER_ONLY));
    }

    /**
     * The work directory that a scoreboard lies in.
     *
     * @param scoreboard the scoreboard's file
     * @return its directory
     */
    public static WorkDirectory of(Path scoreboard) {
        return new WorkDirectory(scoreboard.getParent());
    }

    /**
     * Where the scoreboard is.
     *
     * @return the path of the file, whether or not it exists
     */
    public Path scoreboard() {
        return path.resolve(SCOREBOARD);
    }

    /**
     * Where the child in a slot keeps its temporary files.
     *
     * @param slot row of the scoreboard, from 0
     * @return the path of the directory, whether or not it exists
     */
    public Path slot(int slot) {
        return path.resolve("slot-" + slot);
    }

    /**
     * Makes the directory of a slot anew, empty.
     *
     * @param slot row of the scoreboard, from 0
     * @throws IOException if it cannot be made
     */
    public void createSlot(int slot) throws IOException {
        deleteSlot(slot);
        Files.createDirectory(slot(slot), OWNER_ONLY);
    }

    /**
     * Removes the directory of a slot with all that is in it, as far as that is possible.
     *
     * @param slot row of the scoreboard, from 0
     */
    public void deleteSlot(int slot) {
        delete(slot(slot));
    }

    /** Removes the directory with all that is in it, as far as that is possible. */
    public void delete() {
        delete(path);
    }

    /** Removes the scoreboard and the directory, unless a slot's directory is still in it. */
    public void deleteIfUnused() {
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.allMatch(scoreboard()::equals)) {
                delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process was faster; what is gone need not be removed.
        }
    }

    private static void delete(Path root) {
        for (Path entry : deepestFirst(root)) {
            try {
                Files.deleteIfExists(entry);
            } catch (IOException e) {
                // A file that an ending process just made, or no right to remove it: the rest is still worth removing.
            }
        }
    }

    private static List<Path> deepestFirst(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // not there, or it changes under our hands
        }
    }
}
