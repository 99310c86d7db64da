package io.github.jettympm.supervisor;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of the Java platform, as the archive that lies below one of an application's classes, for an address that is
 * drawn anew each time.
 *
 * <p>A virtual machine maps the archive of its installation, and what lies above it, at another address in each process, so that
 * nobody knows it from outside, and has to change nearly every page for that. From one with an address that nobody knows either, all
 * children map both where they are meant to be, and share their pages as the children of a fork share them.
 */
final class BaseArchive {
    private static final Logger LOG = LoggerFactory.getLogger(BaseArchive.class);

    /** Others want addresses that references to classes can be packed for; there the one of the installation serves. */
    private static final String ARCHITECTURE = "amd64";

    /** Below this are large heaps and what is mapped low, from the other on the stack, libraries and the program itself. */
    private static final long LOWEST = 0x1000_0000_0000L;

    private static final long HIGHEST = 0x5000_0000_0000L;

    /** The largest that a virtual machine asks for: that of its space for classes. */
    private static final int ALIGNMENT = 16 << 20; // bytes

    /** One that takes a second of processor time, so it may be a slow machine, but none that stands still. */
    private static final int AT_MOST_SECONDS = 60;

    /** Whoever says where archives go is left alone. */
    private static final Pattern EXCLUDING = Pattern.compile("-XX:(ArchiveRelocationMode|SharedBaseAddress)=.*");

    private static final SecureRandom RANDOM = new SecureRandom();

    private BaseArchive() {}

    /**
     * Writes it, in a process that takes about a second. Without it everything works, so a failure is no more than a line in the log.
     *
     * @param machine the command that starts the virtual machine of children, and its options
     * @param file where to
     * @return whether it is there
     */
    static boolean write(List<String> machine, Path file) {
        if (!System.getProperty("os.arch").equals(ARCHITECTURE)
                || machine.stream().anyMatch(option -> EXCLUDING.matcher(option).matches())) {
            return false;
        }
        List<String> command = new ArrayList<>(OptionFilter.QUESTION.of(machine));
        command.addAll(List.of(
                "-Xshare:dump",
                "-XX:SharedArchiveFile=" + file,
                "-XX:SharedBaseAddress=0x" + Long.toHexString(draw())));
        try {
            String failure = run(command);
            if (failure.isEmpty() && Files.exists(file)) {
                return true;
            }
            LOG.info("children share less memory, since there is no archive of the platform's classes: {}", failure);
        } catch (IOException e) {
            LOG.info(
                    "children share less memory, since there is no archive of the platform's classes: {}",
                    e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** An address at the alignment, of which there are four million. */
    private static long draw() {
        return RANDOM.nextLong(LOWEST / ALIGNMENT, HIGHEST / ALIGNMENT) * ALIGNMENT;
    }

    /** How it has failed; empty if it has not. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        OptionVariables.remove(OptionFilter.QUESTION, builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(AT_MOST_SECONDS, TimeUnit.SECONDS)) {
                return "not ready after " + AT_MOST_SECONDS + " s";
            }
            return process.exitValue() == 0
                    ? ""
                    : "exit status " + process.exitValue() + " of " + String.join(" ", command);
        } finally {
            process.destroyForcibly();
        }
    }
}
