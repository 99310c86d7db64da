package io.github.jettympm.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The samples of one workload: per round and server at most one, none where a response was wrong. */
public final class Rounds {
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    /** Notes what a server did in its next round; null if the round was thrown out. */
    public void add(String subject, Sample sample) {
        samples.computeIfAbsent(subject, name -> new ArrayList<>()).add(sample);
    }

    /** The spread of a value over the rounds of a server; empty if all were thrown out. */
    public Optional<Spread> spread(String subject, ToDoubleFunction<Sample> value) {
        List<Double> values = samples.getOrDefault(subject, List.of()).stream()
                .filter(sample -> sample != null)
                .map(value::applyAsDouble)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** The spread of the ratios of two servers in the same round; empty if there is no round with both. */
    public Optional<Spread> ratio(String subject, String baseline, Metric metric) {
        List<Double> ratios = ratios(subject, baseline, metric);
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** The typical distance of a ratio from 1 of two servers that are the same; empty if there is no such pair. */
    public Optional<Double> noise(String again, String baseline, Metric metric) {
        List<Double> distances = ratios(again, baseline, metric).stream()
                .map(ratio -> Math.abs(Math.log(ratio)))
                .map(Math::expm1)
                .toList();
        return distances.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.of(distances).median());
    }

    private List<Double> ratios(String subject, String baseline, Metric metric) {
        List<Sample> ours = samples.getOrDefault(subject, List.of());
        List<Sample> theirs = samples.getOrDefault(baseline, List.of());
        return IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .filter(round -> ours.get(round) != null && theirs.get(round) != null)
                .mapToObj(round -> metric.of(ours.get(round)) / metric.of(theirs.get(round)))
                .filter(ratio -> Double.isFinite(ratio) && ratio > 0)
                .toList();
    }

    /** Rounds of a server that were thrown out. */
    public long thrownOut(String subject) {
        return samples.getOrDefault(subject, List.of()).stream()
                .filter(sample -> sample == null)
                .count();
    }

    /** Rounds of a server. */
    public int count(String subject) {
        return samples.getOrDefault(subject, List.of()).size();
    }
}
