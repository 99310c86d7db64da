package io.github.jettympm.protocol;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a parent tells a child at its birth: one environment variable, {@value #VARIABLE}, beside the command line they
 * share.
 *
 * @param connector index, from 0, of the connector among those of the server, as the configuration orders them
 * @param slot row of the scoreboard that is the child's to write, from 0
 * @param generation number of the configuration that the child was started from, from 1
 * @param parent process id of the parent; a child whose parent is another one is an orphan
 * @param archivesClasses whether it leaves an archive of its classes to the other children of its generation
 * @param scoreboard the scoreboard's file
 */
public record ChildEnvironment(
        int connector, int slot, int generation, long parent, boolean archivesClasses, Path scoreboard) {
    /** Name of the environment variable. Its presence is what makes a process a child. */
    public static final String VARIABLE = "JETTY_MPM_CHILD";

    /** What a service manager says to the process that it has started, and to no other (man 3 sd_notify, sd_listen_fds). */
    private static final Set<String> PARENT_ONLY = Set.of(
            "NOTIFY_SOCKET",
            "WATCHDOG_PID",
            "WATCHDOG_USEC",
            "LISTEN_PID",
            "LISTEN_PIDFDID",
            "LISTEN_FDS",
            "LISTEN_FDNAMES");

    private static final int FIELDS = 6;

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
     * @return {@code connector:slot:generation:parent:archivesClasses:scoreboard}
     */
    public String value() {
        return connector + ":" + slot + ":" + generation + ":" + parent + ":" + archivesClasses + ":" + scoreboard;
    }

    /**
     * Makes the environment of a child out of that of its parent: applications may need any of it, but not what is said to the
     * parent alone.
     *
     * @param environment that of the parent; it is changed
     */
    public void tell(Map<String, String> environment) {
        environment.keySet().removeAll(PARENT_ONLY);
        environment.put(VARIABLE, value());
    }

    private static ChildEnvironment parse(String value) {
        String[] fields = value.split(":", FIELDS);
        if (fields.length != FIELDS) {
            throw malformed(value, null);
        }
        try {
            return new ChildEnvironment(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Long.parseLong(fields[3]),
                    Boolean.parseBoolean(fields[4]),
                    Path.of(fields[5]));
        } catch (NumberFormatException e) {
            throw malformed(value, e);
        }
    }

    private static IllegalArgumentException malformed(String value, Exception cause) {
        return new IllegalArgumentException(
                "environment variable " + VARIABLE + "=" + value
                        + " is not connector:slot:generation:parent:archivesClasses:scoreboard; it is set by a parent process for its"
                        + " children, unset it to start a server by hand",
                cause);
    }
}
