package io.github.jettympm.protocol;

import java.util.Map;
import java.util.Set;

/**
 * The environment variables by which systemd speaks to the one process that it has started (sd_notify(3),
 * sd_watchdog_enabled(3), sd_listen_fds(3)). They are not meant for the children of that process.
 */
public final class ServiceVariables {
    /** Address of the socket to which the process says how it is. */
    public static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";

    /** Microseconds within which the process has to say that it lives. */
    public static final String WATCHDOG_USEC = "WATCHDOG_USEC";

    /** Number of the process that {@link #WATCHDOG_USEC} is meant for. */
    public static final String WATCHDOG_PID = "WATCHDOG_PID";

    /** How many sockets the process was given, from descriptor 3 on. */
    public static final String LISTEN_FDS = "LISTEN_FDS";

    /** Number of the process that was given them. */
    public static final String LISTEN_PID = "LISTEN_PID";

    /** Their names, with colons between them. */
    public static final String LISTEN_FDNAMES = "LISTEN_FDNAMES";

    private static final Set<String> ALL = Set.of(
            NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID, LISTEN_FDS, LISTEN_PID, "LISTEN_PIDFDID", LISTEN_FDNAMES);

    private ServiceVariables() {}

    /**
     * Takes all of them out of the environment of a process that is about to be started.
     *
     * @param environment names and values
     */
    public static void removeFrom(Map<String, String> environment) {
        environment.keySet().removeAll(ALL);
    }
}
