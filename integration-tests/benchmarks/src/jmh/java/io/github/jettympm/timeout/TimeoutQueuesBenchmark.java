package io.github.jettympm.timeout;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the timeouts of 10,000 connections cost a request on one of them. */
@State(Scope.Thread)
public class TimeoutQueuesBenchmark {
    private static final int CONNECTIONS = 10_000;
    private static final long IDLE_TIMEOUT = 30_000_000_000L;

    private final TimeoutQueues<Object> queues = new TimeoutQueues<>();
    private final TimeoutQueues.Entry<Object> entry = new TimeoutQueues.Entry<>(this);
    private long now;

    @Setup
    public void fill() {
        for (int i = 0; i < CONNECTIONS; i++) {
            queues.await(new TimeoutQueues.Entry<>(this), IDLE_TIMEOUT, i);
        }
        queues.await(entry, IDLE_TIMEOUT, 0);
    }

    /** A connection is parked again, and is in its queue already. */
    @Benchmark
    public void park() {
        queues.await(entry, IDLE_TIMEOUT, ++now);
    }

    /** A connection leaves its queue and comes back. */
    @Benchmark
    public void leaveAndComeBack() {
        queues.remove(entry);
        queues.await(entry, IDLE_TIMEOUT, ++now);
    }

    /** A turn of the loop asks how long nothing is due. */
    @Benchmark
    public long nextDelay() {
        return queues.nextDelay(0);
    }
}
