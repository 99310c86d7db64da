package io.github.jettympm.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a process has open (man 5 proc, /proc/[pid]/fd). */
final class Descriptors {
    /** What a virtual machine opens when it first needs it, and keeps: its classes, and where random numbers come from. */
    private static final Pattern ONCE = Pattern.compile(".*\\.jar|.*/lib/modules|/dev/u?random");

    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

    private Descriptors() {}

    /** How many there are of each kind; numbers in names do not count, as those of slots, processes and pipes. */
    static Map<String, Integer> kinds(long pid) throws IOException {
        var kinds = new TreeMap<String, Integer>();
        targets(pid).stream()
                .filter(target -> !ONCE.matcher(target).matches())
                .forEach(target -> kinds.merge(target.replaceAll("\\d+", "N"), 1, Integer::sum));
        return kinds;
    }

    /** The inodes of its sockets. */
    static List<Long> sockets(long pid) throws IOException {
        return targets(pid).stream()
                .map(SOCKET::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .toList();
    }

    private static List<String> targets(long pid) throws IOException {
        var targets = new ArrayList<String>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (var descriptor : descriptors) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // It was closed meanwhile.
                }
            }
        }
        return targets;
    }
}
