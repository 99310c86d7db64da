package io.github.jettympm.child;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the classes of this process into an archive for processes to come, as {@code jcmd VM.cds dynamic_dump} does. The
 * virtual machine has to have been started with {@code -XX:+RecordDynamicDumpInfo}; it stands still meanwhile.
 */
final class ClassDataDump {
    private static final Logger LOG = LoggerFactory.getLogger(ClassDataDump.class);
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** Classes that the first request of a process needs; a process that has just started has not loaded them. */
    private static final String FIRST_REQUEST = "first-request.txt";

    /** Stands in that list for any environment of applications. */
    private static final String ENVIRONMENT = ".ee10.";

    /** At the end of the line of a class. */
    private static final Pattern NAME = Pattern.compile("([\\w.$]+)/(?:null|0x[0-9a-f]+)$");

    private ClassDataDump() {}

    /**
     * Writes the archive. Without one everything works, only slower, so a failure is no more than a line in the log.
     *
     * @param file where to; it is there when it is complete
     * @param environments tells what loads classes of the server for applications, for instance for {@code ee10}
     */
    static void write(Path file, Supplier<Map<String, ClassLoader>> environments) {
        long began = System.nanoTime();
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            linkForFirstRequest(environments.get());
            link(command("vmClassHierarchy"));
            command("vmCds", "dynamic_dump", unfinished.toString());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            LOG.info(
                    "class-data archive for the next children: {} KB in {} ms",
                    Files.size(file) / 1024,
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (JMException | IOException | RuntimeException | LinkageError e) {
            LOG.info("no class-data archive, so each child loads its classes itself: {}", e.toString());
        }
    }

    private static String command(String name, String... arguments) throws JMException {
        ObjectName commands = new ObjectName(COMMANDS);
        Object[] parameters = {arguments};
        String[] signature = {String[].class.getName()};
        return (String) ManagementFactory.getPlatformMBeanServer().invoke(commands, name, parameters, signature);
    }

    /**
     * Links the classes that are only loaded: an archive takes no others, and a child needs them again to check those that it gets from it.
     *
     * @param hierarchy a line for each class, which ends with its name and, behind a slash, its loader
     */
    private static void link(String hierarchy) {
        ClassLoader loader = ClassDataDump.class.getClassLoader();
        hierarchy
                .lines()
                .map(NAME::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .forEach(name -> link(name, loader));
    }

    private static void linkForFirstRequest(Map<String, ClassLoader> environments) throws IOException {
        ClassLoader own = ClassDataDump.class.getClassLoader();
        for (String name : namesForFirstRequest()) {
            if (!link(name, own)) {
                environments.forEach(
                        (environment, loader) -> link(name.replace(ENVIRONMENT, "." + environment + "."), loader));
            }
        }
    }

    private static List<String> namesForFirstRequest() throws IOException {
        try (InputStream in = ClassDataDump.class.getResourceAsStream(FIRST_REQUEST)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** Asking for members is what links a class and does not initialize it. False if there is none of that name. */
    private static boolean link(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader).getDeclaredConstructors();
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        } catch (LinkageError e) {
            return true; // it cannot be used
        }
    }
}
