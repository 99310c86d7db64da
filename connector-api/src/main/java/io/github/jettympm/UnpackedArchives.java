package io.github.jettympm;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.eclipse.jetty.util.FileID;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Archives that are unpacked once for several processes. The first that asks for one unpacks it; the others find it. One that
 * was replaced meanwhile is another: its directory has the time and the size of the archive in its name, so old and new files
 * never mix.
 */
final class UnpackedArchives {
    private final Path directory;

    /**
     * Makes the view of one process on them.
     *
     * @param directory where they are, the same for all processes; it is there
     */
    UnpackedArchives(Path directory) {
        this.directory = directory;
    }

    /**
     * Unpacks an archive, unless some process has done so.
     *
     * @param archive a file, such as a WAR
     * @return the directory that has its content
     * @throws IOException if that is not possible, or the archive is replaced meanwhile
     */
    Path unpacked(Path archive) throws IOException {
        Path target = target(archive);
        if (Files.isDirectory(target)) {
            return target;
        }
        Path unfinished = Files.createTempDirectory(directory, ".unfinished-");
        try {
            unpack(archive, unfinished);
            if (!target.equals(target(archive))) {
                throw new IOException(archive + " was replaced while it was unpacked");
            }
            publish(unfinished, target);
        } finally {
            IO.delete(unfinished);
        }
        return target;
    }

    private Path target(Path archive) throws IOException {
        BasicFileAttributes file = Files.readAttributes(archive, BasicFileAttributes.class);
        int which = Objects.hash(archive, file.fileKey(), file.size(), file.lastModifiedTime());
        String name = "%s-%d-%d-%08x"
                .formatted(FileID.getBasename(archive), file.lastModifiedTime().toMillis(), file.size(), which);
        return directory.resolve(name);
    }

    /** As Jetty itself unpacks a WAR. */
    private static void unpack(Path archive, Path target) throws IOException {
        try (ResourceFactory.Closeable factory = ResourceFactory.closeable()) {
            factory.newJarFileResource(archive.toUri()).copyTo(target);
        }
    }

    private static void publish(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) { // or else another process was faster
                throw e;
            }
        }
    }
}
