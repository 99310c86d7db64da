package io.github.jettympm.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the numbers were measured on. */
public record Machine(String processor, int processors, long memoryMegabytes, String kernel, String distribution) {
    /** Asks the machine. */
    public static Machine here() throws IOException {
        long kilobytes = number(Path.of("/proc/meminfo"), "MemTotal:");
        return new Machine(
                value(Path.of("/proc/cpuinfo"), "model name").orElse("unknown processor"),
                Runtime.getRuntime().availableProcessors(),
                kilobytes / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                readDistribution());
    }

    private static Optional<String> value(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static long number(Path file, String key) throws IOException {
        return value(file, key)
                .map(text -> Long.parseLong(text.split("\\s+")[0]))
                .orElse(0L);
    }

    private static String readDistribution() throws IOException {
        Path release = Path.of("/etc/os-release");
        if (!Files.exists(release)) {
            return "unknown system";
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("unknown system");
    }

    /** How many files a process started from here may open. */
    public static long openFiles() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(limit -> limit.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String soft = line.substring("Max open files".length()).strip().split("\\s+")[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
    }

    /** What a program says of its version. */
    public static String version(String program, String option) {
        try {
            String output = Command.run(Duration.ofSeconds(5), List.of(Tools.path(program), option))
                    .output();
            return output.lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("\\s*Copyright.*", "")
                    .strip();
        } catch (IOException | IllegalStateException e) {
            return program + " (not there)";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return program;
        }
    }
}
