package io.github.jettympm.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel tells of the machine (man 5 proc). */
final class Machine {
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path LOADS = Path.of("/proc/loadavg");
    private static final int AVERAGES = 3;

    private Machine() {}

    /** Its name, without asking the network. */
    static String host() {
        try {
            return Files.readString(NAME, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** The load averages over 1, 5 and 15 minutes; empty if the system does not tell. */
    static List<Double> loads() {
        try {
            return Stream.of(Files.readString(LOADS, StandardCharsets.UTF_8).split(" "))
                    .limit(AVERAGES)
                    .map(Double::valueOf)
                    .toList();
        } catch (IOException | NumberFormatException e) {
            return List.of();
        }
    }
}
