package io.github.jettympm.event;

/**
 * Decides whether one more connection may be accepted, as httpd's event MPM does (event.c, {@code connections_above_limit}),
 * but with a factor that may be a fraction; httpd's manual allows 1.5, and its code takes that for 1.
 *
 * @param maxRequestWorkers requests that may run at once, 0 for no bound on connections either
 * @param asyncRequestWorkerFactor how many connections there may be for each worker that is idle, besides one for each that
 *     there may be at all
 */
record AdmissionGate(int maxRequestWorkers, double asyncRequestWorkerFactor) {
    /**
     * Whether one more is admitted.
     *
     * @param connections how many are open
     * @param idleWorkers how many more requests could run now
     * @return false if no worker is idle, or as many connections are open as the idle ones allow
     */
    boolean admits(int connections, int idleWorkers) {
        return maxRequestWorkers == 0
                || idleWorkers > 0 && connections < maxRequestWorkers + idleWorkers * asyncRequestWorkerFactor;
    }
}
