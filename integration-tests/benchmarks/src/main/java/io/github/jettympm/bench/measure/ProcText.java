package io.github.jettympm.bench.measure;

/** Reads the text of files in /proc. */
public final class ProcText {
    /** Of the line in /proc/PID/stat that follows the program's name in parentheses, counted from 0. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final int START_TICKS = 19;

    private ProcText() {}

    /**
     * Seconds since a process was started, to a hundredth. The time of its start that Java tells is up to a second off.
     *
     * @param stat text of /proc/PID/stat
     * @param uptime text of /proc/uptime
     */
    public static double age(String stat, String uptime) {
        long start = Long.parseLong(fieldsBehindName(stat)[START_TICKS]);
        return Double.parseDouble(uptime.split(" ")[0]) - start / Usage.TICKS_PER_SECOND;
    }

    /** Clock ticks that a process has used in user and kernel mode, from /proc/PID/stat. */
    public static long ticks(String stat) {
        String[] fields = fieldsBehindName(stat);
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    private static String[] fieldsBehindName(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** The number in the line that begins with the given key, such as {@code Pss:}; 0 if there is none. */
    public static long number(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip().split("\\s+")[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
