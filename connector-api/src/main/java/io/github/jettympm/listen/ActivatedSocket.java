package io.github.jettympm.listen;

import io.github.jettympm.protocol.ServiceVariables;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;

/**
 * The listening socket that systemd has opened for this process and passed on descriptor 3 (sd_listen_fds(3)). So a port
 * such as 80 needs no right of this process, and connections wait while it is started anew.
 */
public final class ActivatedSocket {
    /** {@code SD_LISTEN_FDS_START}. */
    private static final int FIRST = 3;

    private ActivatedSocket() {}

    /**
     * Whether some process was given sockets, be it this one.
     *
     * @param environment the environment of the process, usually {@link System#getenv()}
     * @return whether {@code LISTEN_FDS} is set
     */
    public static boolean isOffered(Map<String, String> environment) {
        return environment.containsKey(ServiceVariables.LISTEN_FDS);
    }

    /**
     * Takes the socket; possible once in the life of a process.
     *
     * @param environment the environment of the process
     * @param pid number of this process
     * @return a channel in blocking mode, to be closed by {@link DescriptorInheritance#closeInherited}
     * @throws IOException if the sockets were given to another process, are not one, or not one that listens for TCP; the
     *     message says what to do
     */
    public static ServerSocketChannel take(Map<String, String> environment, long pid) throws IOException {
        StandardDescriptors.requireSupported();
        String given = said(environment, ServiceVariables.LISTEN_PID);
        if (!environment.getOrDefault(ServiceVariables.LISTEN_PID, "").equals(Long.toString(pid))) {
            throw new IOException(
                    given + " is not this process, " + pid + ": the socket was given to another one, which has"
                            + " started this one. start.jar starts a second virtual machine for --exec and for options of the"
                            + " virtual machine in start.d: give these to java in ExecStart, or let ExecStart be the command"
                            + " line that start.jar --dry-run prints");
        }
        if (!environment.get(ServiceVariables.LISTEN_FDS).equals("1")) {
            throw new IOException(
                    said(environment, ServiceVariables.LISTEN_FDS) + ", "
                            + said(environment, ServiceVariables.LISTEN_FDNAMES)
                            + ": a Java process can take exactly 1 socket. Let the socket unit have one ListenStream, and other"
                            + " ports be opened by the server, with AmbientCapabilities=CAP_NET_BIND_SERVICE if they are below 1024");
        }
        if (!StandardDescriptors.isListeningForTcp(FIRST)) {
            throw new IOException("descriptor " + FIRST + ", " + said(environment, ServiceVariables.LISTEN_FDNAMES)
                    + ", is not a listening socket of TCP: the socket unit needs ListenStream with a port, and Accept=no;"
                    + " it can be taken once only");
        }
        return DescriptorInheritance.adopt(FIRST);
    }

    private static String said(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null ? variable + " (not set)" : variable + "=" + value;
    }
}
