package io.github.jettympm.status;

import io.github.jettympm.scoreboard.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a process does that serves: a child, or the server itself if its connector has no children.
 *
 * @param slot row of the scoreboard, from 0
 * @param pid number of the process
 * @param generation number of the configuration that it was started from
 * @param state of the slot
 * @param started when
 * @param connections it was given since then
 * @param requests that are complete since then
 * @param bytes that were sent for them
 * @param busyTime sum of the time that they took
 * @param openConnections connections that are open now
 * @param waitingConnections of these, those without a request: kept alive, or before their first one
 * @param idleThreads threads that could take a request now
 * @param busyThreads threads that handle a request
 * @param cpuUser time spent in user mode
 * @param cpuSystem time spent in the kernel
 * @param residentBytes memory that is resident; -1 if unknown
 * @param heapAfterGcBytes heap in use after the last collection; -1 if there was none
 * @param metaspaceBytes metaspace in use; -1 if unknown
 * @param threads rows of its requests: those that have been used, in the order of their number
 */
public record ProcessStatus(
        int slot,
        long pid,
        int generation,
        SlotState state,
        Instant started,
        long connections,
        long requests,
        long bytes,
        Duration busyTime,
        int openConnections,
        int waitingConnections,
        int idleThreads,
        int busyThreads,
        Duration cpuUser,
        Duration cpuSystem,
        long residentBytes,
        long heapAfterGcBytes,
        long metaspaceBytes,
        List<RequestStatus> threads) {

    /**
     * Makes the status unmodifiable.
     */
    public ProcessStatus {
        threads = List.copyOf(threads);
    }
}
