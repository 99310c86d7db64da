package io.github.jettympm.bench.run;

import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.server.Placement;
import io.github.jettympm.bench.server.RunningServer;
import io.github.jettympm.bench.server.Setup;
import io.github.jettympm.bench.server.Subject;
import io.github.jettympm.bench.server.Subjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The servers of one place; they are started when they are first wanted, all at once, and stay. */
final class Fleet implements AutoCloseable {
    private final Setup setup;
    private final Workload.Place place;
    private final Subjects subjects = new Subjects();
    private final Map<String, RunningServer> running = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Set<String> warm = new HashSet<>();

    Fleet(Setup setup, Workload.Place place) {
        this.setup = setup;
        this.place = place;
    }

    /** Starts those of the servers that do not run yet. */
    void require(List<String> names) throws IOException, InterruptedException {
        var started = new ArrayList<RunningServer>();
        for (String name : names) {
            if (!running.containsKey(name) && !missing.containsKey(name)) {
                launch(subjects.get(name)).ifPresent(started::add);
            }
        }
        for (RunningServer server : started) {
            await(server);
        }
    }

    private Optional<RunningServer> launch(Subject subject) throws IOException, InterruptedException {
        Optional<Placement> placement = placement();
        Optional<String> reason = placement.isEmpty()
                ? Optional.of("no JDK 25 found (set JAVA25_HOME)")
                : subject.missing(setup, placement.get());
        if (reason.isPresent()) {
            missing.put(subject.name(), reason.get());
            return Optional.empty();
        }
        RunningServer server = subject.launch(setup, placement.get());
        running.put(subject.name(), server);
        return Optional.of(server);
    }

    private Optional<Placement> placement() {
        Optional<Jdk> jdk = place.jdk25() ? setup.jdk25() : Optional.of(setup.jdk());
        String cpus = place.oneCpu() ? lastCpu() : "";
        return jdk.map(it -> new Placement(place.variant(), cpus, it, 1));
    }

    /** The first gets most of the interrupts. */
    private static String lastCpu() {
        return Integer.toString(Runtime.getRuntime().availableProcessors() - 1);
    }

    private void await(RunningServer server) throws InterruptedException {
        try {
            server.awaitReady();
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            lose(server.name(), lastLine(e.getMessage()));
        }
    }

    private static String lastLine(String text) {
        return text.lines().reduce((first, second) -> second).orElse("");
    }

    /** Takes a server out, for a reason that the report will show. */
    void lose(String name, String reason) {
        running.remove(name).close();
        missing.put(name, reason);
    }

    Optional<RunningServer> get(String name) {
        return Optional.ofNullable(running.get(name));
    }

    Optional<String> missing(String name) {
        return Optional.ofNullable(missing.get(name));
    }

    /** Whether a server has served anything yet; the answer is yes from then on. */
    boolean isFirst(String name) {
        return warm.add(name);
    }

    @Override
    public void close() {
        for (RunningServer server : running.values()) {
            server.close();
        }
    }
}
