package io.github.jettympm.bench.compare;

import java.util.function.ToDoubleFunction;

/** What is compared between servers. */
public enum Metric {
    /** Responses per second. */
    RATE("requests per second", sample -> sample.load().rate()),
    /** Processor time of the server per request. */
    CPU("CPU per request", Sample::cpuPerRequest),
    /** The time within which 99 % of the responses came. */
    P99("p99", sample -> sample.load().p99());

    private final String label;
    private final ToDoubleFunction<Sample> value;

    Metric(String label, ToDoubleFunction<Sample> value) {
        this.label = label;
        this.value = value;
    }

    /** How the tables call it. */
    public String label() {
        return label;
    }

    /** Its value in a sample. */
    public double of(Sample sample) {
        return value.applyAsDouble(sample);
    }
}
