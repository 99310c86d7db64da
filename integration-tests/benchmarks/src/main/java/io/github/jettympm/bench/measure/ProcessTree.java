package io.github.jettympm.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A server's process and all that it has started, read from /proc. */
public record ProcessTree(long root) {
    /** The processes that live now. */
    public Set<Long> pids() {
        var pids = new TreeSet<Long>();
        ProcessHandle.of(root).ifPresent(handle -> {
            pids.add(root);
            handle.descendants().map(ProcessHandle::pid).forEach(pids::add);
        });
        return pids;
    }

    /** Processor time of the processes, and threads and context switches of those of their threads that live. */
    public Usage usage() throws IOException {
        Set<Long> pids = pids();
        long ticks = 0;
        int threads = 0;
        long voluntary = 0;
        long involuntary = 0;
        for (long pid : pids) {
            Path directory = Path.of("/proc", Long.toString(pid));
            ticks += ProcText.ticks(read(directory.resolve("stat")));
            for (Path task : tasks(directory)) {
                String status = readIfThere(task.resolve("status"));
                threads++;
                voluntary += ProcText.number(status, "voluntary_ctxt_switches:");
                involuntary += ProcText.number(status, "nonvoluntary_ctxt_switches:");
            }
        }
        return new Usage(pids, ticks, threads, voluntary, involuntary);
    }

    /** Resident and proportional memory; slow for large processes. */
    public Memory memory() throws IOException {
        long resident = 0;
        long proportional = 0;
        for (long pid : pids()) {
            Memory one = memory(pid);
            resident += one.resident();
            proportional += one.proportional();
        }
        return new Memory(resident, proportional);
    }

    /** Seconds since a process was started. */
    public static double age(long pid) throws IOException {
        return ProcText.age(read(Path.of("/proc", Long.toString(pid), "stat")), read(Path.of("/proc/uptime")));
    }

    /** That of one process. */
    public static Memory memory(long pid) throws IOException {
        String rollup = read(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
        return new Memory(ProcText.number(rollup, "Rss:") * 1024, ProcText.number(rollup, "Pss:") * 1024);
    }

    private static List<Path> tasks(Path directory) throws IOException {
        try (Stream<Path> tasks = Files.list(directory.resolve("task"))) {
            return tasks.toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    /** Threads come and go. */
    private static String readIfThere(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw e;
            }
            return "";
        }
    }
}
