package io.github.jettympm.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What the kernel tells of a process, be it another user's (man 5 proc). */
public final class ProcFiles {
    /** Where the kernel tells of processes. */
    public static final Path PROC = Path.of("/proc");

    private static final String RESIDENT = "VmRSS:";
    private static final int STATE = 0; // of the fields behind the name
    private static final int START_TIME = 19;
    private static final List<String> ENDED = List.of("Z", "X");

    private ProcFiles() {}

    /**
     * Reads {@code /proc/PID/stat}.
     *
     * @param pid number of the process, any number
     * @return its one line
     * @throws IOException if there is no such process, or no such file on this system
     */
    public static String stat(long pid) throws IOException {
        return Files.readString(file(pid, "stat"), StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads {@code /proc/PID/status}.
     *
     * @param pid number of the process, any number
     * @return its lines
     * @throws IOException if there is no such process, or no such file on this system
     */
    public static List<String> status(long pid) throws IOException {
        return Files.readAllLines(file(pid, "status"), StandardCharsets.ISO_8859_1);
    }

    /**
     * Where standard output of a process leads.
     *
     * @param pid number of the process, any number
     * @return the file, or a name such as {@code pipe:[4711]}
     * @throws IOException if there is no such process, or it is another user's
     */
    public static Path standardOutput(long pid) throws IOException {
        return Files.readSymbolicLink(file(pid, "fd").resolve("1"));
    }

    private static Path file(long pid, String name) {
        return PROC.resolve(Long.toString(pid)).resolve(name);
    }

    /**
     * Takes {@code stat} apart. The name of the program is in brackets, and may hold anything, brackets and blanks included.
     *
     * @param stat the line
     * @return the fields behind the name, so the first is the state; one empty text if there are none
     */
    public static String[] fieldsBehindName(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    }

    /**
     * When a process was started, which with its number tells it from all others since the machine was started.
     *
     * @param pid number of the process, any number
     * @return clock ticks since the start of the machine; empty if there is no such process, only what is left of one until its
     *     parent has asked for its status, or no such file on this system
     */
    public static OptionalLong startTime(long pid) {
        try {
            return startTime(stat(pid));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * When the process was started that is told of, if it has not ended.
     *
     * @param stat the line
     * @return clock ticks since the start of the machine (man 5 proc, {@code starttime}); empty if only what is left of the process is
     *     there until its parent has asked for its status, or the line is none of this kernel
     */
    public static OptionalLong startTime(String stat) {
        String[] fields = fieldsBehindName(stat);
        try {
            return ENDED.contains(fields[STATE]) || fields.length <= START_TIME
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(fields[START_TIME]));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Finds the memory that is resident.
     *
     * @param status the lines of that file
     * @return kilobytes; empty for a kernel thread, which has none of its own
     * @throws NumberFormatException if it is not a number
     */
    public static OptionalLong residentKilobytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line ->
                        Long.parseLong(line.substring(RESIDENT.length()).strip().split(" ")[0]))
                .findFirst();
    }
}
