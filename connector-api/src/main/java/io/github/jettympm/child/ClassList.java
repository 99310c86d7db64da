package io.github.jettympm.child;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that this process has loaded, as the list from which the parent has an archive made for processes to come. Those of
 * its own loaders the virtual machine records, if it has been started with {@code -XX:DumpLoadedClassList}; the others it tells on demand,
 * as {@code jcmd VM.class_hierarchy} does.
 */
final class ClassList {
    private static final Logger LOG = LoggerFactory.getLogger(ClassList.class);
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** Classes that the first request of a process needs; a process that has just started has not loaded them. */
    private static final String FIRST_REQUEST = "first-request.txt";

    /** Stands in that list for any environment of applications. */
    private static final String ENVIRONMENT = ".ee10.";

    /** In what is recorded, a class of a loader that the virtual machine does not know by itself. */
    private static final String OF_OTHER_LOADER = " source: ";

    /** Above all that the virtual machine gives. */
    private static final int FIRST_NUMBER = 1_000_000;

    /** The end of the line of a class or interface in the hierarchy: its name and its loader. */
    private static final Pattern LOADED =
            Pattern.compile("([\\w.$]+)/(0x[0-9a-f]+)(?: \\(intf\\))?$", Pattern.MULTILINE);

    private ClassList() {}

    /**
     * Writes the list. Without one everything works, only slower, so a failure is no more than a line in the log.
     *
     * @param recorded what the virtual machine has recorded, and goes on to record
     * @param list where to; it is there when it is complete
     * @param loaders what loads classes beside the virtual machine
     */
    static void write(Path recorded, Path list, Supplier<ServerLoaders> loaders) {
        Path unfinished = list.resolveSibling(list.getFileName() + ".unfinished");
        try {
            Map<Boolean, List<String>> forFirstRequest =
                    namesForFirstRequest().stream().collect(Collectors.partitioningBy(ClassList::isOfServer));
            ServerLoaders others = loaders.get();
            forFirstRequest.get(false).forEach(name -> load(name, others.environments()));
            List<String> lines = new ArrayList<>(ofOwnLoaders(Files.readString(recorded)));
            forFirstRequest.get(true).forEach(name -> lines.add(fileName(name))); // to be listed is enough for them
            lines.addAll(ofOtherLoaders(others, list.getParent()));
            Files.write(unfinished, lines);
            Files.move(unfinished, list, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JMException | RuntimeException | LinkageError e) {
            LOG.info("no list of classes, so each child loads its classes itself: {}", e.toString());
        }
    }

    /**
     * What is recorded, but of the other loaders.
     *
     * @param recorded a list; its end may not be written yet
     */
    static List<String> ofOwnLoaders(String recorded) {
        return recorded.substring(0, recorded.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> !line.contains(OF_OTHER_LOADER))
                .toList();
    }

    private static List<String> ofOtherLoaders(ServerLoaders loaders, Path links) throws JMException {
        ClassLines lines = new ClassLines(FIRST_NUMBER, links);
        Map<String, List<String>> namesByLoader = LOADED.matcher(hierarchy())
                .results()
                .collect(Collectors.groupingBy(
                        found -> found.group(2), Collectors.mapping(found -> found.group(1), Collectors.toList())));
        namesByLoader
                .values()
                .forEach(names -> loaders.others()
                        .filter(loader -> load(names.get(0), loader).isPresent())
                        .findFirst()
                        .ifPresent(loader ->
                                names.forEach(name -> load(name, loader).ifPresent(lines::add))));
        return lines.lines();
    }

    private static String hierarchy() throws JMException {
        Object[] noOptions = {new String[0]};
        String[] signature = {String[].class.getName()};
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName(COMMANDS), "vmClassHierarchy", noOptions, signature);
    }

    private static void load(String name, Map<String, ClassLoader> environments) {
        environments.forEach((environment, loader) -> load(name.replace(ENVIRONMENT, "." + environment + "."), loader));
    }

    /** The class of that name, if it is this loader that loads it, and it can be used. */
    private static Optional<Class<?>> load(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return type.getClassLoader() == loader ? Optional.of(type) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean isOfServer(String name) {
        return ClassList.class.getClassLoader().getResource(fileName(name) + ".class") != null;
    }

    private static String fileName(String className) {
        return className.replace('.', '/');
    }

    private static List<String> namesForFirstRequest() throws IOException {
        try (InputStream in = ClassList.class.getResourceAsStream(FIRST_REQUEST)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
