package io.github.jettympm.supervisor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars in place of the directories of a class path, with what was in them. */
final class ResourceJars {
    private final Path target;
    private int count;

    /**
     * Makes no jar yet.
     *
     * @param target where they are to be
     */
    ResourceJars(Path target) {
        this.target = target;
    }

    /** Whether a directory of the class path holds classes. */
    static boolean hasClasses(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isDirectory)
                .anyMatch(directory -> files(directory).stream()
                        .anyMatch(file -> file.getFileName().toString().endsWith(".class")));
    }

    /**
     * What a class path leads to.
     *
     * @return each file with its size and time of change
     */
    static Map<Path, String> content(String classPath) {
        Map<Path, String> content = new HashMap<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            for (Path file : Files.isDirectory(path) ? files(path) : List.of(path)) {
                content.put(file, file.toFile().length() + " " + file.toFile().lastModified());
            }
        }
        return content;
    }

    /** The files below a directory; none if it cannot be read, as for the virtual machine. */
    private static List<Path> files(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /**
     * Packs each directory.
     *
     * @param classPath what may have directories
     * @return the same with jars
     * @throws IOException if one cannot be written
     */
    String replace(String classPath) throws IOException {
        List<String> replaced = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            replaced.add(Files.isDirectory(path) ? pack(path).toString() : entry);
        }
        return String.join(File.pathSeparator, replaced);
    }

    private Path pack(Path directory) throws IOException {
        Path jar = target.resolve("resources-" + count++ + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files(directory)) {
                zip.putNextEntry(
                        new ZipEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, zip);
            }
        }
        return jar;
    }
}
