package io.github.jettympm.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server and its children have of the machine.
 *
 * @param processes how many there are
 * @param descriptors open ones, of all together
 * @param threads of all together
 * @param heapKb used after a garbage collection, of all together
 */
record Footprint(int processes, long descriptors, long threads, long heapKb) {
    private static final Pattern USED = Pattern.compile("(?m)^ .*used (\\d+)K");

    static Footprint of(ProcessHandle server) throws IOException, InterruptedException {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        long descriptors = 0;
        long threads = 0;
        long heap = 0;
        for (ProcessHandle process : all) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            descriptors += count(proc.resolve("fd"));
            threads += count(proc.resolve("task"));
            heap += heap(process);
        }
        return new Footprint(all.size(), descriptors, threads, heap);
    }

    private static long count(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long heap(ProcessHandle process) throws IOException, InterruptedException {
        jcmd(process, "GC.run");
        String info = jcmd(process, "GC.heap_info");
        return USED.matcher(info.substring(0, info.indexOf("Metaspace")))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static String jcmd(ProcessHandle process, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        return answer;
    }

    @Override
    public String toString() {
        return processes + " processes, " + descriptors + " descriptors, " + threads + " threads, " + heapKb / 1024
                + " MB heap after GC";
    }
}
