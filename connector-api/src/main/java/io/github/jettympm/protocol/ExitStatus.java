package io.github.jettympm.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * The exit statuses by which a child tells its parent why it ended: the only words a child says that outlive it.
 *
 * <p>The codes are explicit because they cross a process boundary. They stay clear of 1 (an uncaught exception in a
 * Java {@code main}), of 126 to 127 (a shell's) and of 128 and above (killed by a signal).
 */
public enum ExitStatus {
    /** The child ended because it was asked to, after it had finished what it had begun. */
    RETIRED(0, "retired"),

    /** The server of the child did not start: an application failed to deploy, or a port was taken. */
    BOOT_FAILED(70, "boot failed"),

    /** The child refused its settings, or they are not those of its parent: somebody has changed them since. */
    BAD_CONFIGURATION(78, "bad configuration"),

    /** The parent was gone, so nobody would ever ask the child to end. */
    ORPHANED(79, "orphaned"),

    /** A request took longer than its settings allow. */
    REQUEST_TOO_LONG(80, "a request took too long");

    private static final int SIGNAL_BASE = 128;

    /** The last of Linux (man 7 signal); above are statuses such as 255, that of {@code System.exit(-1)}. */
    private static final int MOST_SIGNALS = 64;

    /** Of a virtual machine that was told to {@code -XX:+ExitOnOutOfMemoryError} (debug.cpp of HotSpot). */
    private static final int OUT_OF_MEMORY = 3;

    private final int code;
    private final String words;

    ExitStatus(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /**
     * The status as the operating system carries it.
     *
     * @return 0 to 127
     */
    public int code() {
        return code;
    }

    /**
     * Finds the meaning of an exit status.
     *
     * @param code the exit status of a process
     * @return the constant with that code, empty if the status is not one of ours
     */
    public static Optional<ExitStatus> of(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }

    /**
     * Whether a process with this exit status was ended by a signal, or ended itself in good order because of one.
     *
     * @param code the exit status of a process, as Java reports it
     * @return false if the process has chosen that status
     */
    public static boolean isSignal(int code) {
        return code > SIGNAL_BASE && code <= SIGNAL_BASE + MOST_SIGNALS;
    }

    /**
     * The exit status that Java reports of a process that a signal has ended.
     *
     * @param number number of the signal, such as 9
     * @return 128 and that number
     */
    public static int ofSignal(int number) {
        return SIGNAL_BASE + number;
    }

    /**
     * Says an exit status in words, for a log line: {@code "status 70 (boot failed)"} or {@code "signal 9 (killed)"}.
     *
     * @param code the exit status of a process; from 129 to 192 it is read as 128 + signal number, as Java reports it
     * @return the words, never empty
     */
    public static String describe(int code) {
        Optional<ExitStatus> status = of(code);
        if (status.isPresent()) {
            return "status " + code + " (" + status.get().words + ")";
        }
        if (code == OUT_OF_MEMORY) {
            return "status " + code + " (out of memory)";
        }
        return isSignal(code) ? signal(code - SIGNAL_BASE) : "status " + code;
    }

    /**
     * Says an exit status in few words, to count by: {@code "boot failed"} or {@code "signal 9"}.
     *
     * @param code the exit status of a process; from 129 to 192 it is read as 128 + signal number, as Java reports it
     * @return the words, never empty
     */
    public static String cause(int code) {
        if (isSignal(code)) {
            return "signal " + (code - SIGNAL_BASE);
        }
        String words = code == OUT_OF_MEMORY ? "out of memory" : "status " + code;
        return of(code).filter(it -> it != RETIRED).map(it -> it.words).orElse(words);
    }

    private static String signal(int number) {
        return switch (number) {
            case 2 -> "signal 2 (interrupt)";
            case 6 -> "signal 6 (abort)";
            case 7 -> "signal 7 (bus error)";
            case 9 -> "signal 9 (killed; out of memory?)";
            case 11 -> "signal 11 (segmentation fault)";
            case 15 -> "signal 15 (terminated)";
            default -> "signal " + number;
        };
    }
}
