package io.github.jettympm.protocol;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What SIGHUP means to the process of a server: to restart its children, unless {@code jetty.sh} started it with {@code
 * start-stop-daemon}, as it does for root on Debian and its like. Then {@code jetty.sh stop} sends SIGHUP, waits for 30
 * seconds and kills, so the server has to end of it, as any other Java program does.
 */
public final class HangUp {
    /** Where only that way of starting leads standard output; once it is rotated, more follows the name. */
    private static final String OUTPUT = "start-stop.log";

    private HangUp() {}

    /**
     * Whether SIGHUP has to stop the server.
     *
     * @param pid process id of the server: this process, or one of the same user, or any if this one is root's
     * @return true if its standard output is the one that {@code jetty.sh} gives it with {@code start-stop-daemon}; false
     *     as well if it is another user's and cannot be looked at
     */
    public static boolean stops(long pid) {
        try {
            Path file = ProcFiles.standardOutput(pid).getFileName();
            return file != null && file.toString().startsWith(OUTPUT);
        } catch (IOException e) {
            return false;
        }
    }
}
