package io.github.jettympm.status;

import java.util.List;
import java.util.Map;

/**
 * What a connector does.
 *
 * @param name of the connector, such as {@code event@1a2b3c}
 * @param model {@code prefork}, {@code worker} or {@code event}
 * @param address where it listens, such as {@code 0.0.0.0:8080}
 * @param protocols such as {@code http/1.1, h2c}
 * @param generation number of the configuration that the newest children were started from; 0 without children
 * @param slots how many children there may be ({@code serverLimit}); 1 without children
 * @param threadsPerSlot how many requests a process can show at once
 * @param maxRequestWorkers how many requests may run at once; -1 if that is not limited
 * @param listenQueue connections that wait to be accepted; -1 if the system does not tell
 * @param listenQueueLimit how many may wait; -1 if the system does not tell
 * @param limitReached how often there were as many children as allowed and a connection waited
 * @param slowRequests requests that took longer than {@code slowRequestThreshold}
 * @param crashes children that ended although nobody had asked them, by cause, such as {@code signal 11}
 * @param recycles children that were replaced, by cause, such as {@code maxConnectionsPerChild}
 * @param processes those in which a child lives, or this one
 * @param history of the last minutes, oldest first
 * @param ended what processes had served that have ended
 */
public record ConnectorStatus(
        String name,
        String model,
        String address,
        String protocols,
        int generation,
        int slots,
        int threadsPerSlot,
        int maxRequestWorkers,
        int listenQueue,
        int listenQueueLimit,
        long limitReached,
        long slowRequests,
        Map<String, Long> crashes,
        Map<String, Long> recycles,
        List<ProcessStatus> processes,
        List<Sample> history,
        Served ended) {

    /**
     * Makes the status unmodifiable.
     */
    public ConnectorStatus {
        crashes = Map.copyOf(crashes);
        recycles = Map.copyOf(recycles);
        processes = List.copyOf(processes);
        history = List.copyOf(history);
    }

    /**
     * What was served since the connector was started, by processes that live and by those that have ended. It never gets
     * less, which the sum over the processes does.
     *
     * @return the sums
     */
    public Served served() {
        Served sum = ended;
        for (ProcessStatus process : processes) {
            sum = sum.plus(new Served(process.connections(), process.requests(), process.bytes(), process.busyTime()));
        }
        return sum;
    }
}
