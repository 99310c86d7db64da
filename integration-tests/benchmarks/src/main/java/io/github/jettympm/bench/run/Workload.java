package io.github.jettympm.bench.run;

import io.github.jettympm.bench.load.Load;
import io.github.jettympm.bench.server.Variant;
import java.util.List;

/**
 * One kind of requests at several servers in interleaved rounds.
 *
 * @param name on the command line
 * @param title in the report
 * @param place how the servers are started
 * @param baseline whom the others are compared with; the subject of the same name and {@code again} gives the noise
 * @param subjects who takes part
 * @param megabytes of one request, 0 if its size does not matter
 * @param countsCalls whether system calls are counted in a pass of their own
 */
record Workload(
        String name,
        String title,
        Place place,
        Load load,
        String baseline,
        List<String> subjects,
        int megabytes,
        boolean countsCalls) {

    /** Servers that are started alike can stay for several workloads. */
    record Place(Variant variant, boolean oneCpu, boolean jdk25) {}

    String again() {
        return baseline + " again";
    }
}
