package io.github.jettympm.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory that a parent makes for itself and its children, mode 0700: the scoreboard, a file that says where those of other
 * connectors are, one directory per slot for the temporary files of the child that lives in it, so that no two children ever write
 * the same one, and two per generation for the classes and the applications that its children share.
 *
 * <p>Children may be another user's, and what is in their directories is theirs: nothing here follows a link.
 */
public final class WorkDirectory {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String NAME = "jetty-mpm-";
    private static final String SCOREBOARD = "scoreboard";
    private static final String SLOT = "slot-";
    private static final String LEFT = "left-";
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final String STATE = "server.state";

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
        return new WorkDirectory(Files.createTempDirectory(NAME, OWNER_ONLY));
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
     * The work directory of another server that is beside this one, as somebody says who may be wrong.
     *
     * @param scoreboard what is said to be its scoreboard
     * @return empty unless it has the name of such a directory, lies where this one lies, is no link and is the same user's
     */
    public Optional<WorkDirectory> beside(Path scoreboard) {
        Path said = scoreboard.getParent();
        if (said == null
                || said.getFileName() == null
                || !said.getFileName().toString().startsWith(NAME)
                || said.equals(path)
                || !path.getParent().equals(said.getParent())
                || !Files.isDirectory(said, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return isOfSameOwner(said) ? Optional.of(new WorkDirectory(said)) : Optional.empty();
    }

    /**
     * Whether a file is of the user that this directory is of.
     *
     * @param file any file; a link is one itself
     * @return false also if there is none
     */
    public boolean isOfSameOwner(Path file) {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Where all of it is.
     *
     * @return the directory
     */
    public Path path() {
        return path;
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
     * Where the parent says which scoreboards the connectors of its server have.
     *
     * @return the path of the file, whether or not it exists
     */
    public Path state() {
        return path.resolve(STATE);
    }

    /**
     * Where the child in a slot keeps its temporary files.
     *
     * @param slot row of the scoreboard, from 0
     * @return the path of the directory, whether or not it exists
     */
    public Path slot(int slot) {
        return path.resolve(SLOT + slot);
    }

    /**
     * Makes the directory of a slot anew, empty. What cannot be removed is put aside, so that it keeps no child from starting.
     *
     * @param slot row of the scoreboard, from 0
     * @throws IOException if it cannot be made
     */
    public void createSlot(int slot) throws IOException {
        deleteSlot(slot);
        if (Files.exists(slot(slot), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(slot(slot), Files.createTempDirectory(path, LEFT).resolve(SLOT + slot));
        }
        Files.createDirectory(slot(slot), OWNER_ONLY);
    }

    /**
     * Where the children of a generation find the classes that they share.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @return the path of the directory, whether or not it exists
     */
    public Path classes(int generation) {
        return path.resolve("classes-" + generation);
    }

    /**
     * Where the virtual machine of the first child of a generation records the classes that it loads.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @return the path of the file, whether or not it exists
     */
    public Path recordedClasses(int generation) {
        return classes(generation).resolve("recorded.classlist");
    }

    /**
     * What that child makes of it when it is ready.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @return the path of the file, whether or not it exists
     */
    public Path classList(int generation) {
        return classes(generation).resolve("classes.classlist");
    }

    /**
     * The archive of these classes that the other children of the generation start from.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @return the path of the file, whether or not it exists
     */
    public Path archive(int generation) {
        return classes(generation).resolve("classes.jsa");
    }

    /**
     * Makes the directory for the classes of a generation.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @throws IOException if it cannot be made
     */
    public void createClasses(int generation) throws IOException {
        Files.createDirectory(classes(generation), OWNER_ONLY);
    }

    /**
     * Removes the classes of a generation from which no child is started any more; those that were keep what they have of
     * them.
     *
     * @param generation number of the configuration
     */
    public void deleteClasses(int generation) {
        delete(classes(generation));
    }

    /**
     * Where the children of a generation find what one of them has unpacked for all: applications, and the native library of the
     * session database.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @return the path of the directory, whether or not it exists
     */
    public Path applications(int generation) {
        return path.resolve("applications-" + generation);
    }

    /**
     * Makes the directory for the applications of a generation, unless it is there.
     *
     * @param generation number of the configuration that children are started from, from 1
     * @return whether it was not there
     * @throws IOException if it cannot be made
     */
    public boolean createApplications(int generation) throws IOException {
        boolean missing = Files.notExists(applications(generation));
        if (missing) {
            Files.createDirectory(applications(generation), OWNER_ONLY);
        }
        return missing;
    }

    /**
     * Removes the applications of a generation of which no child is left.
     *
     * @param generation number of the configuration
     */
    public void deleteApplications(int generation) {
        delete(applications(generation));
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

    /** Removes the directory with all that is in it, unless a slot's directory is still there. */
    public void deleteIfUnused() {
        try (Stream<Path> entries = Files.list(path)) {
            if (entries.noneMatch(entry -> entry.getFileName().toString().startsWith(SLOT))) {
                delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process was faster; what is gone need not be removed.
        }
    }

    private static void delete(Path root) {
        try (DirectoryStream<Path> around =
                Files.newDirectoryStream(root.toAbsolutePath().getParent())) {
            if (around instanceof SecureDirectoryStream<Path> secure) { // as every local one on Linux is
                delete(secure, root.getFileName());
            }
        } catch (IOException e) {
            // There is nothing to remove, or no right to.
        }
    }

    /** By descriptors and not by paths: a link that takes the place of a directory meanwhile leads nowhere. */
    private static void delete(SecureDirectoryStream<Path> directory, Path name) {
        try {
            directory.deleteFile(name);
        } catch (NoSuchFileException e) {
            // Somebody was faster.
        } catch (IOException e) {
            deleteContent(directory, name);
            try {
                directory.deleteDirectory(name);
            } catch (IOException notEmpty) {
                // A file that an ending process just made, or no right to remove it: the rest is still worth removing.
            }
        }
    }

    /** An application may have unpacked what must not be written, and from such a directory nothing can be removed. */
    private static void letDelete(SecureDirectoryStream<Path> content) {
        try {
            content.getFileAttributeView(PosixFileAttributeView.class).setPermissions(OWN);
        } catch (IOException e) {
            // It is another user's; then what is in it stays.
        }
    }

    private static void deleteContent(SecureDirectoryStream<Path> directory, Path name) {
        try (SecureDirectoryStream<Path> content = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            letDelete(content);
            for (Path entry : content) {
                delete(content, entry.getFileName());
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No directory, or no right to read it.
        }
    }
}
