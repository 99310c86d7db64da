package io.github.jettympm.it;

import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.status.ProcessStatus;
import io.github.jettympm.status.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The children of a server before a fault, and the wait until all is as it was: as many of them are ready and nobody starts
 * or ends, they are all the processes that the parent has, each slot with a child has its directory and no other has one, and
 * the parent has no more descriptors open than before.
 */
final class Pool {
    private final JettyServer server;
    private final int children;
    private final Map<String, Integer> descriptors;

    private Pool(JettyServer server, int children, Map<String, Integer> descriptors) {
        this.server = server;
        this.children = children;
        this.descriptors = descriptors;
    }

    /** Waits until there are so many children and nothing else. */
    static Pool of(JettyServer server, int children) throws Exception {
        awaitNothing(() -> differences(server, children, processes(server)));
        return new Pool(server, children, Descriptors.kinds(server.process().pid()));
    }

    /** Something that goes wrong. */
    interface Fault {
        void happens() throws Exception;
    }

    /** Lets a child come to its end, waits until the pool is whole again, and prints how long that took. */
    void survives(String name, Fault fault) throws Exception {
        var former = pids(processes(server));
        long start = System.nanoTime();
        fault.happens();
        awaitNothing(() -> {
            var processes = processes(server);
            var differences = differences(processes);
            if (pids(processes).containsAll(former)) {
                differences.put("still the former children", former);
            }
            return differences;
        });
        System.out.printf(
                "%s: %d children, whole again %d ms after: %s%n",
                server.base().directory().getFileName(),
                children,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                name);
    }

    /** Waits until all is as it was. */
    void awaitWhole() throws Exception {
        awaitNothing(() -> differences(processes(server)));
    }

    private Map<String, Object> differences(List<ProcessStatus> processes) throws IOException {
        var differences = differences(server, children, processes);
        Descriptors.kinds(server.process().pid()).forEach((kind, count) -> {
            if (count > descriptors.getOrDefault(kind, 0)) {
                differences.put("open: " + kind, count + " and not " + descriptors.get(kind));
            }
        });
        return differences;
    }

    private static List<ProcessStatus> processes(JettyServer server) throws IOException {
        return StatusReader.read(server.base().directory()).processes();
    }

    private static Map<String, Object> differences(JettyServer server, int children, List<ProcessStatus> processes)
            throws IOException {
        var differences = new TreeMap<String, Object>();
        if (processes.size() != children || !processes.stream().allMatch(it -> it.state() == SlotState.READY)) {
            differences.put(
                    "not " + children + " children that are ready",
                    processes.stream().collect(Collectors.toMap(ProcessStatus::pid, ProcessStatus::state)));
        }
        var pids = pids(processes);
        var family = server.process().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        if (!pids.equals(family)) {
            differences.put("processes", family);
        }
        var slots = processes.stream().map(it -> "slot-" + it.slot()).collect(Collectors.toCollection(TreeSet::new));
        var directories = slotDirectories(server.base());
        if (!slots.equals(directories)) {
            differences.put("directories", directories);
        }
        return differences;
    }

    private static Set<Long> pids(List<ProcessStatus> processes) {
        return processes.stream().map(ProcessStatus::pid).collect(Collectors.toSet());
    }

    private static Set<String> slotDirectories(JettyBase base) throws IOException {
        var names = new TreeSet<String>();
        for (var work : PreforkServers.workDirectories(base)) {
            try (var entries = Files.list(work)) {
                entries.map(entry -> entry.getFileName().toString())
                        .filter(name -> name.startsWith("slot-"))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static void awaitNothing(Callable<Map<String, Object>> differences) throws Exception {
        var last = new TreeMap<String, Object>();
        Await.until(() -> "the pool is not whole: " + last, () -> {
            last.clear();
            last.putAll(differences.call());
            return last.isEmpty();
        });
    }
}
