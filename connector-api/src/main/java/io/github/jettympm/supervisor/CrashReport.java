package io.github.jettympm.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Java virtual machine wrote when it crashed, its {@code hs_err} file, in short.
 *
 * @param cause the signal or error, such as {@code SIGSEGV (0xb)}
 * @param frame the problematic frame, such as {@code C  [libfoo.so+0x1234]  foo+0x12}
 * @param file where it is kept
 */
public record CrashReport(String cause, String frame, Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(CrashReport.class);

    /** What is looked for is in the first lines; the file goes on for thousands. */
    private static final int HEAD = 40;

    private static final String FRAME = "# Problematic frame:";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009f]");
    private static final String UNKNOWN = "unknown";

    /**
     * The option that makes a virtual machine write its report into a directory.
     *
     * @param directory where to
     * @return an option of the command line
     */
    static String option(Path directory) {
        return "-XX:ErrorFile=" + directory.resolve("hs_err_pid%p.log");
    }

    /**
     * Moves the report out of the directory of a child that has ended.
     *
     * @param from that directory
     * @param to where reports are kept; it is made when the first is
     * @return the report, empty if there is none
     */
    static Optional<CrashReport> collect(Path from, Path to) {
        if (!Files.isDirectory(from)) {
            return Optional.empty(); // the child never began
        }
        try (Stream<Path> files = Files.list(from)) {
            Optional<Path> found = files.filter(CrashReport::isReport).findFirst();
            return found.isPresent() ? Optional.of(keep(found.get(), to)) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("cannot keep the crash report in {} as a file in {}", from, to, e);
            return Optional.empty();
        }
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("hs_err_pid")
                && name.endsWith(".log")
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS); // a child could have made a link to anything
    }

    private static CrashReport keep(Path report, Path to) throws IOException {
        Files.createDirectories(to);
        Path kept = to.resolve(report.getFileName());
        Files.deleteIfExists(kept);
        copy(report, kept);
        Files.delete(report);
        try (Stream<String> lines = Files.lines(kept, StandardCharsets.ISO_8859_1)) {
            return parse(lines.limit(HEAD).toList(), kept);
        }
    }

    /** A copy and not the file itself, which its owner may have opened, or replaced by a link since it was looked at. */
    private static void copy(Path report, Path kept) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (InputStream from = Files.newInputStream(report, LinkOption.NOFOLLOW_LINKS);
                var to = Files.newByteChannel(
                        kept, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            from.transferTo(Channels.newOutputStream(to));
        }
    }

    /** The cause is in the third line that is a comment, and the frame follows its heading. */
    static CrashReport parse(List<String> head, Path file) {
        String cause = head.stream()
                .filter(line -> line.startsWith("#  "))
                .findFirst()
                .map(line -> line.substring(1).strip().replaceFirst(" at pc=.*", ""))
                .orElse(UNKNOWN);
        int heading = head.indexOf(FRAME);
        boolean hasFrame = heading >= 0 && heading + 1 < head.size();
        String frame = hasFrame ? head.get(heading + 1).substring(1).strip() : UNKNOWN;
        return new CrashReport(printable(cause), printable(frame), file);
    }

    /** What a child wrote may be anything. */
    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    /** For a log line. */
    @Override
    public String toString() {
        return "the virtual machine crashed with " + cause + " in " + frame + "; see " + file;
    }
}
