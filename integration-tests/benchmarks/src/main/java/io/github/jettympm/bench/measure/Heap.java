package io.github.jettympm.bench.measure;

import io.github.jettympm.bench.machine.Command;
import io.github.jettympm.bench.machine.Jdk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What is alive in the heap of a Java process. */
public final class Heap {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BYTES = 2;

    private Heap() {}

    /** Bytes of all reachable objects: {@code jcmd GC.class_histogram} collects garbage before it counts. */
    public static long live(Jdk jdk, long pid) throws IOException, InterruptedException {
        List<String> command = List.of(jdk.program("jcmd"), Long.toString(pid), "GC.class_histogram");
        return total(Command.run(LIMIT, command).require(command));
    }

    /** The bytes of the line {@code Total} of a class histogram. */
    static long total(String histogram) {
        return histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.strip().split("\\s+")[BYTES])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no total in the class histogram: " + histogram));
    }
}
