package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.SpareServers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Snapshots and sizes for the tests of those who decide. */
final class Pools {
    private static final int FREE_SLOTS = 100;

    private Pools() {}

    /** Children by their letters: {@code S} starting, {@code _} idle, {@code W} busy, {@code G} ending; slots from 0. */
    static Snapshot pool(String letters, int waiting) {
        List<ChildView> children = IntStream.range(0, letters.length())
                .mapToObj(slot -> child(slot, letters.charAt(slot)))
                .toList();
        return new Snapshot(children, FREE_SLOTS, waiting);
    }

    static Snapshot pool(String letters) {
        return pool(letters, 0);
    }

    static ChildView child(int slot, char letter) {
        return new ChildView(slot, phase(letter), false, false, Duration.ZERO, letter == '_' ? 1 : 0);
    }

    /** A child with many threads: idle if any of them is, and else busy. */
    static ChildView threads(int slot, int idle) {
        return new ChildView(slot, idle > 0 ? Phase.IDLE : Phase.BUSY, false, false, Duration.ZERO, idle);
    }

    static ChildView idleFor(int slot, long seconds) {
        return new ChildView(slot, Phase.IDLE, false, false, Duration.ofSeconds(seconds), 1);
    }

    static ChildView outdated(int slot, char letter) {
        return new ChildView(slot, phase(letter), false, true, Duration.ZERO, letter == '_' ? 1 : 0);
    }

    static ChildView standIn(int slot, char letter) {
        return new ChildView(slot, phase(letter), true, false, Duration.ZERO, letter == '_' ? 1 : 0);
    }

    static Snapshot of(ChildView... children) {
        return new Snapshot(List.of(children), FREE_SLOTS, 0);
    }

    static Phase phase(char letter) {
        return switch (letter) {
            case 'S' -> Phase.STARTING;
            case '_' -> Phase.IDLE;
            case 'W' -> Phase.BUSY;
            default -> Phase.ENDING;
        };
    }

    static PoolSize size(ProcessManagement pm, int start, int min, int max, int workers) {
        var spares = new SpareServers(start, min, max, Duration.ofSeconds(10));
        return new PoolSize("jetty.test", pm, spares, workers, PoolSize.DEFAULT).resolve(1);
    }
}
