package io.github.jettympm.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Many clients at once that send requests of all sizes, break some of them off, and look at each byte of the answers: do bytes of
 * one connection ever reach another? A {@link SoakHandler} has to answer.
 */
final class Soak {
    /** Clients at once. */
    static final int CONNECTIONS = 64;

    private static final int MOST_FAILURES = 20; // enough to see what they are like

    private final Transport transport;
    private final int port;
    private final long seed;
    private final AtomicLong complete = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    Soak(Transport transport, int port, long seed) {
        this.transport = transport;
        this.port = port;
        this.seed = seed;
    }

    /** Runs until there have been so many requests. */
    void run(long requests) throws Exception {
        runWhile(() -> complete.get() + aborted.get() < requests);
    }

    /** Runs as long as a condition is true and there are few failures. */
    void runWhile(BooleanSupplier goOn) throws Exception {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SoakClient client = new SoakClient(this, i);
            clients.add(Background.run(() -> {
                while (goOn.getAsBoolean() && failures.size() < MOST_FAILURES) {
                    client.useAConnection();
                }
                return null;
            }));
        }
        for (CompletableFuture<Void> client : clients) {
            client.get();
        }
    }

    Client connect() throws IOException {
        connections.incrementAndGet();
        return Client.inLine(transport, port);
    }

    long seed() {
        return seed;
    }

    void completed() {
        complete.incrementAndGet();
    }

    void aborted() {
        aborted.incrementAndGet();
    }

    /** A server may end a kept connection at any time; then a client asks again (RFC 9110, 9.2.2). */
    void retried() {
        retried.incrementAndGet();
    }

    void failed(String failure) {
        failures.add(failure + " (seed " + seed + ")");
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    long requests() {
        return complete.get() + aborted.get();
    }

    @Override
    public String toString() {
        return requests() + " requests on " + connections + " connections, " + aborted + " broken off, " + retried
                + " asked again, " + failures.size() + " wrong or lost, seed " + seed;
    }
}
