package io.github.jettympm.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Java virtual machine wrote when it crashed, its {@code hs_err} file, in short.
 *
 * @param cause the signal or error, such as {@code SIGSEGV (0xb)}
 * @param frame the problematic frame, such as {@code C  [libfoo.so+0x1234]  foo+0x12}, or {@code unknown}
 * @param file where it is kept, empty if it could not be
 */
public record CrashReport(String cause, String frame, Optional<Path> file) {
    private static final Logger LOG = LoggerFactory.getLogger(CrashReport.class);

    /** What is looked for is in the first lines; the file goes on for thousands. */
    private static final int HEAD = 40;

    private static final String FRAME = "# Problematic frame:";

    /** The lines that say what happened: one blank more than a sentence has, and one less than a piece of advice. */
    private static final Pattern ERROR = Pattern.compile("#  (\\S.*?)(?: at pc=.*|, pid=.*)?");

    private static final String NO_MEMORY = "# There is insufficient memory";
    private static final String ALLOCATION = "# Native memory allocation ";

    /** What is parsed of a file, in bytes; a line of it may have any length, since the file is the child's. */
    private static final int HEAD_BYTES = 64 * 1024;

    /** What is kept of a file, in bytes: a hundred times what a virtual machine with many threads writes. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final int LONGEST = 300;
    private static final int MOST_OF_A_NAME = 1_000;
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
            return found.isPresent() ? Optional.of(collectFile(found.get(), to)) : Optional.empty();
        } catch (IOException | RuntimeException e) { // whatever the child made of the directory that it owns
            LOG.warn("cannot read the crash report in {}", from, e);
            return Optional.empty();
        }
    }

    /** It is read first: on a full disk nothing is kept, and the frame is known all the same. */
    private static CrashReport collectFile(Path report, Path to) throws IOException {
        CrashReport read = parse(head(report));
        try {
            return new CrashReport(read.cause(), read.frame(), Optional.of(keep(report, to)));
        } catch (IOException e) {
            LOG.warn(
                    "cannot keep the crash report {} as a file in {}; make room there, or let this user write",
                    report,
                    to,
                    e);
            return read;
        }
    }

    private static List<String> head(Path report) throws IOException {
        try (InputStream from = Files.newInputStream(report, LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(from.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
            return text.lines().limit(HEAD).toList();
        }
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("hs_err_pid")
                && name.endsWith(".log")
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS); // a child could have made a link to anything
    }

    /** Numbers of processes come again, so there may be an older report of the same. */
    private static Path keep(Path report, Path to) throws IOException {
        Files.createDirectories(to);
        for (int i = 0; i < MOST_OF_A_NAME; i++) {
            Path kept = to.resolve(name(report.getFileName().toString(), i));
            try {
                copy(report, kept);
                Files.delete(report);
                return kept;
            } catch (FileAlreadyExistsException e) {
                LOG.debug("{} is an older report", kept);
            }
        }
        throw new IOException("there are " + MOST_OF_A_NAME + " reports of that name already");
    }

    private static String name(String report, int copies) {
        return copies == 0 ? report : report.replaceFirst("\\.log$", "." + copies + ".log");
    }

    /** A copy and not the file itself, which its owner may have opened, or replaced by a link since it was looked at. */
    private static void copy(Path report, Path kept) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var to = FileChannel.open(
                        kept, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
                var from = FileChannel.open(report, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            fill(to, from, kept);
        }
    }

    private static void fill(FileChannel to, FileChannel from, Path kept) throws IOException {
        try {
            to.transferFrom(from, 0, MOST_BYTES);
        } catch (IOException e) {
            Files.deleteIfExists(kept);
            throw e;
        }
    }

    /** The cause is in the lines that are errors, and the frame follows its heading. */
    static CrashReport parse(List<String> head) {
        int heading = head.indexOf(FRAME);
        boolean hasFrame = heading >= 0 && heading + 1 < head.size();
        String frame = hasFrame ? head.get(heading + 1).replaceFirst("^#", "").strip() : "";
        return new CrashReport(shown(cause(head)), shown(frame), Optional.empty());
    }

    private static String cause(List<String> head) {
        if (head.stream().anyMatch(line -> line.startsWith(NO_MEMORY))) {
            return "no native memory"
                    + head.stream()
                            .filter(line -> line.startsWith(ALLOCATION))
                            .findFirst()
                            .map(line -> ": " + line.substring(1).strip())
                            .orElse("");
        }
        return head.stream()
                .map(ERROR::matcher)
                .filter(Matcher::matches)
                .map(error -> error.group(1))
                .collect(Collectors.joining(": ")); // an internal error says in a second line which
    }

    private static String shown(String text) {
        String printable = Printable.of(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
        return printable.isEmpty() ? UNKNOWN : printable;
    }

    /** For a log line. */
    @Override
    public String toString() {
        return "the virtual machine crashed with " + cause + (frame.equals(UNKNOWN) ? "" : " in " + frame)
                + file.map(it -> "; see " + it).orElse("; its report could not be kept");
    }
}
