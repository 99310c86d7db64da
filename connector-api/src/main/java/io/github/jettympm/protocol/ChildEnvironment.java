package io.github.jettympm.protocol;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a parent tells a child at its birth: one environment variable, {@value #VARIABLE}, beside the command line they
 * share.
 *
 * @param connector index, from 0, of the connector among those of the server, as the configuration orders them
 * @param identity what connector that is, in words; a child whose configuration has another one there does not start
 * @param slot row of the scoreboard that is the child's to write, from 0
 * @param generation number of the configuration that the child was started from, from 1
 * @param parent process id of the parent; a child whose parent is another one is an orphan
 * @param parentStarted when the parent began, as {@link ProcFiles#startTime(long)} says it; another process may have its number later
 * @param listsClasses whether it leaves a list of its classes, for an archive that the other children of its generation start from
 * @param scoreboard the scoreboard's file
 */
public record ChildEnvironment(
        int connector,
        String identity,
        int slot,
        int generation,
        long parent,
        long parentStarted,
        boolean listsClasses,
        Path scoreboard) {
    /** Name of the environment variable. Its presence is what makes a process a child. */
    public static final String VARIABLE = "JETTY_MPM_CHILD";

    /** Name under which an application finds its {@link #connector}: a system property and an attribute. */
    public static final String CONNECTOR = "mpm.connector";

    /** Name under which an application finds its {@link #slot}: a system property and an attribute. */
    public static final String SLOT = "mpm.slot";

    /** Name under which an application finds its {@link #generation}: a system property and an attribute. */
    public static final String GENERATION = "mpm.generation";

    /** The main class of a child whose parent was started through Jetty's {@code start.jar}; arguments: the one that it starts, and its arguments. */
    public static final String MAIN_CLASS = "io.github.jettympm.ChildMain";

    private static final int FIELDS = 8;

    /**
     * Reads the variable.
     *
     * @param environment the environment of the process, usually {@link System#getenv()}
     * @return what the parent said, empty if this process is not a child
     * @throws IllegalArgumentException if the variable is there but does not have the form a parent gives it
     */
    public static Optional<ChildEnvironment> from(Map<String, String> environment) {
        String value = environment.get(VARIABLE);
        return value == null ? Optional.empty() : Optional.of(parse(value));
    }

    /**
     * The value of the variable for this child.
     *
     * @return {@code connector:identity:slot:generation:parent:parentStarted:listsClasses:scoreboard}, the identity as in a URL
     */
    public String value() {
        String words = URLEncoder.encode(identity, StandardCharsets.UTF_8); // it may have colons
        return connector + ":" + words + ":" + slot + ":" + generation + ":" + parent + ":" + parentStarted + ":"
                + listsClasses + ":" + scoreboard;
    }

    /**
     * What code that knows nothing of this class can read, a configuration of logging too, from the start of its virtual
     * machine on.
     *
     * @return options that set the system properties {@value #CONNECTOR}, {@value #SLOT} and {@value #GENERATION}
     */
    public List<String> properties() {
        return List.of(
                "-D" + CONNECTOR + "=" + connector, "-D" + SLOT + "=" + slot, "-D" + GENERATION + "=" + generation);
    }

    private static ChildEnvironment parse(String value) {
        String[] fields = value.split(":", FIELDS);
        if (fields.length != FIELDS) {
            throw malformed(value, null);
        }
        try {
            return new ChildEnvironment(
                    Integer.parseInt(fields[0]),
                    URLDecoder.decode(fields[1], StandardCharsets.UTF_8),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Boolean.parseBoolean(fields[6]),
                    Path.of(fields[7]));
        } catch (IllegalArgumentException e) {
            throw malformed(value, e);
        }
    }

    private static IllegalArgumentException malformed(String value, Exception cause) {
        return new IllegalArgumentException(
                "environment variable " + VARIABLE + "=" + value
                        + " is not connector:identity:slot:generation:parent:parentStarted:listsClasses:scoreboard; it is set by a parent process for its"
                        + " children, unset it to start a server by hand",
                cause);
    }
}
