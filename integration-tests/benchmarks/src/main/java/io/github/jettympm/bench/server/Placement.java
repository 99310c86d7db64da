package io.github.jettympm.bench.server;

import io.github.jettympm.bench.machine.Jdk;

/**
 * How a server is started.
 *
 * @param cpus processors that it may use, as taskset names them; empty for all that the harness has
 * @param children of prefork, or processes of event
 */
public record Placement(Variant variant, String cpus, Jdk jdk, int children) {
    /** On the processors of the harness, with one child. */
    public static Placement of(Variant variant, Jdk jdk) {
        return new Placement(variant, "", jdk, 1);
    }
}
