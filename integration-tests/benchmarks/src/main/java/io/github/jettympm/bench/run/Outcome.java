package io.github.jettympm.bench.run;

import io.github.jettympm.bench.compare.Rounds;
import io.github.jettympm.bench.measure.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was found out in a workload. */
final class Outcome {
    final Rounds rounds = new Rounds();
    final Map<String, Memory> memory = new LinkedHashMap<>();
    final Map<String, Double> callsPerRequest = new LinkedHashMap<>();
    final Map<String, String> leftOut = new LinkedHashMap<>();
    final List<String> thrownOut = new ArrayList<>();
    final List<String> measured = new ArrayList<>();
}
