package io.github.jettympm.status;

import io.github.jettympm.protocol.ProcFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where other processes find a server: a small file, mode 0600, that the server's process writes when the first of its
 * connectors has a scoreboard, and removes when the last one stops. It lies in the server's base, for tools; and the same
 * beside each scoreboard, for children. A server that was killed leaves it behind, so its process has to be looked for.
 *
 * <p>It is text in UTF-8: the line {@value #HEAD}, then {@code pid} and the number, {@code started} and the time, then for each
 * scoreboard {@code scoreboard} and its path, in the order of the connectors.
 *
 * @param pid number of the server's process: the parent, if there are children
 * @param started when that was started, in clock ticks since the start of the machine, 0 if the system does not tell
 * @param scoreboards files of the connectors that children serve, and with {@code mpm-status} of all others of these models
 */
public record StateFile(long pid, long started, List<Path> scoreboards) {
    /** The system property that says where a server's file is, relative to its base; unless set, {@value #NAME}. */
    public static final String PROPERTY = "jetty.mpm.stateFile";

    /** Name of the file in the base of a server. */
    public static final String NAME = "mpm.state";

    private static final String HEAD = "jetty-mpm-state 2";
    private static final String PID = "pid ";
    private static final String STARTED = "started ";
    private static final String SCOREBOARD = "scoreboard ";

    private static final int FIRST_LINES = 3;

    /** More than so many bytes are no state of a server. */
    private static final int LONGEST = 1024 * 1024;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Makes the state unmodifiable. */
    public StateFile {
        scoreboards = List.copyOf(scoreboards);
    }

    /**
     * The state of a server whose process runs.
     *
     * @param pid number of its process
     * @param scoreboards files of its connectors
     */
    public StateFile(long pid, List<Path> scoreboards) {
        this(pid, ProcFiles.startTime(pid).orElse(0), scoreboards);
    }

    /**
     * Where the file of a server is.
     *
     * @param base the server's base directory
     * @return the path, whether or not there is a file
     */
    public static Path in(Path base) {
        return base.resolve(System.getProperty(PROPERTY, NAME));
    }

    /**
     * Reads the file of a server.
     *
     * @param base the server's base directory
     * @return what it says
     * @throws IOException if there is none, which means that no such server runs, or it is damaged
     */
    public static StateFile read(Path base) throws IOException {
        return readFile(in(base));
    }

    /**
     * Reads such a file, wherever it is.
     *
     * @param file the file; a symbolic link is refused
     * @return what it says
     * @throws IOException if it is missing or damaged
     */
    public static StateFile readFile(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("state file " + file
                    + " is missing or not a regular file; is a server with connectors of Jetty MPM running?");
        }
        if (Files.size(file) > LONGEST) {
            throw damaged(file, null);
        }
        try {
            return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (InvalidPathException | NumberFormatException e) {
            throw damaged(file, e);
        }
    }

    private static StateFile parse(Path file, List<String> lines) throws IOException {
        if (lines.size() < FIRST_LINES
                || !lines.get(0).equals(HEAD)
                || !lines.get(1).startsWith(PID)
                || !lines.get(2).startsWith(STARTED)) {
            throw damaged(file, null);
        }
        List<String> rest = lines.subList(FIRST_LINES, lines.size());
        if (!rest.stream().allMatch(line -> line.startsWith(SCOREBOARD))) {
            throw damaged(file, null);
        }
        return new StateFile(
                Long.parseLong(lines.get(1).substring(PID.length())),
                Long.parseLong(lines.get(2).substring(STARTED.length())),
                rest.stream()
                        .map(line -> Path.of(line.substring(SCOREBOARD.length())))
                        .toList());
    }

    private static IOException damaged(Path file, Exception cause) {
        return new IOException("state file " + file + " is damaged or of another version; restart the server", cause);
    }

    /**
     * Writes the file, in place of an older one. Whoever reads it sees one of the two, and never a part.
     *
     * @param file where to
     * @throws IOException if that is not possible
     */
    public void write(Path file) throws IOException {
        String text = scoreboards.stream()
                .map(scoreboard -> SCOREBOARD + scoreboard + "\n")
                .collect(Collectors.joining("", HEAD + "\n" + PID + pid + "\n" + STARTED + started + "\n", ""));
        if (text.chars().filter(c -> c == '\n').count() != scoreboards.size() + (long) FIRST_LINES) {
            throw new IOException("line ends in the path of a scoreboard: " + scoreboards);
        }
        Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), NAME, ".unfinished", OWNER_ONLY);
        try {
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Removes the file of this server, unless another one has written its own there.
     *
     * @param file where it is
     * @throws IOException if that is not possible
     */
    public void remove(Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isOfSameServer(readFile(file))) {
            Files.delete(file);
        }
    }

    /**
     * Whether another state is that of the same process.
     *
     * @param other a state
     * @return false also for a process that has got the number of one that has ended
     */
    public boolean isOfSameServer(StateFile other) {
        return pid == other.pid && started == other.started;
    }

    /**
     * Whether the server's process has ended. Its number may be that of another one now.
     *
     * @return false also if that cannot be told
     */
    public boolean isOfEndedServer() {
        OptionalLong now = ProcFiles.startTime(pid);
        return now.isPresent()
                ? started != 0 && now.getAsLong() != started
                : started != 0 || ProcessHandle.of(pid).isEmpty();
    }
}
