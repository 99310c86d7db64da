package io.github.jettympm.child;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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

    private ClassDataDump() {}

    /**
     * Writes the archive. Without one everything works, only slower, so a failure is no more than a line in the log.
     *
     * @param file where to; it is there when it is complete
     */
    static void write(Path file) {
        long began = System.nanoTime();
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(COMMANDS),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", unfinished.toString()}},
                            new String[] {String[].class.getName()});
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            LOG.info(
                    "class-data archive for the next children: {} KB in {} ms",
                    Files.size(file) / 1024,
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (JMException | IOException | RuntimeException e) {
            LOG.info("no class-data archive, so each child loads its classes itself: {}", e.toString());
        }
    }
}
