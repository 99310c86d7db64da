package io.github.jettympm.child;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines for classes of other loaders than those of the virtual machine, in a list of classes for an archive: with a number, the numbers
 * of the classes that they are based on, and the jar that they are from. Some virtual machines record them (JDK 25), and some do not (JDK 17).
 *
 * <p>A class that is not from a jar, such as one of an unpacked application, is left out; so is the second of a name, such as one of
 * the Servlet API in another version, and what is based on one of these. In a list with such a class the virtual machine would find an error,
 * and make no archive at all.
 */
final class ClassLines {
    private static final int LEFT_OUT = -1;

    /** What ends a word of a line, so that a path must not have it. */
    private static final Pattern BLANK = Pattern.compile("\\s");

    private final Path links;
    private final Map<Path, Optional<Path>> sources = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<Class<?>, Integer> numbers = new HashMap<>();
    private final Set<String> names = new HashSet<>(); // of classes of other loaders
    private int next;

    /**
     * Makes none yet.
     *
     * @param first number of the first line; the virtual machine may have given those below it
     * @param links a directory, for links to jars whose paths a list cannot have
     */
    ClassLines(int first, Path links) {
        this.next = first;
        this.links = links;
    }

    /** Adds a class, after those that it is based on, unless it is there. */
    void add(Class<?> type) {
        numberOf(type);
    }

    /** One after the other, each after those that it refers to. */
    List<String> lines() {
        return lines;
    }

    private int numberOf(Class<?> type) {
        Integer known = numbers.get(type);
        if (known == null) {
            known = ServerLoaders.isOther(type.getClassLoader()) ? addOther(type) : addLine(type, "");
            numbers.put(type, known);
        }
        return known;
    }

    private int addLine(Class<?> type, String rest) {
        lines.add(type.getName().replace('.', '/') + " id: " + next + rest);
        return next++;
    }

    private int addOther(Class<?> type) {
        Optional<Path> jar = jar(type).flatMap(path -> sources.computeIfAbsent(path, this::source));
        Class<?> superclass = type.isInterface() ? Object.class : type.getSuperclass();
        int basis = numberOf(superclass);
        List<Integer> interfaces =
                Stream.of(type.getInterfaces()).map(this::numberOf).toList();
        if (jar.isEmpty() || basis == LEFT_OUT || interfaces.contains(LEFT_OUT) || !names.add(type.getName())) {
            return LEFT_OUT;
        }
        StringBuilder rest = new StringBuilder(" super: ").append(basis);
        if (!interfaces.isEmpty()) {
            rest.append(" interfaces:");
            interfaces.forEach(number -> rest.append(' ').append(number));
        }
        return addLine(type, rest.append(" source: ").append(jar.get()).toString());
    }

    private static Optional<Path> jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source)
                .map(CodeSource::getLocation)
                .filter(location -> location.getProtocol().equals("file")
                        && location.getPath().endsWith(".jar"))
                .flatMap(ClassLines::file)
                .filter(Files::isRegularFile);
    }

    /** What a line can have for a jar: its path, or that of a link to it. */
    private Optional<Path> source(Path jar) {
        if (!hasBlank(jar)) {
            return Optional.of(jar);
        }
        Path link = links.resolve("jar-" + sources.size() + ".jar");
        try {
            return hasBlank(link) ? Optional.empty() : Optional.of(Files.createSymbolicLink(link, jar));
        } catch (IOException e) {
            return Optional.empty(); // its classes are left out
        }
    }

    private static boolean hasBlank(Path path) {
        return BLANK.matcher(path.toString()).find();
    }

    private static Optional<Path> file(URL location) {
        try {
            return Optional.of(Path.of(location.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty(); // nothing that the virtual machine could open
        }
    }
}
