package io.github.jettympm.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;

/** Asks on connections of its own, one after the other, and measures how long each answer takes, the connection included. */
final class HonestClient {
    private static final int REQUESTS_PER_CONNECTION = 20;

    private final Transport transport;
    private final int port;
    private final LongStream.Builder times = LongStream.builder();
    private int unanswered;

    HonestClient(Transport transport, int port) {
        this.transport = transport;
        this.port = port;
    }

    /**
     * What it has met.
     *
     * @param answered requests that were
     * @param unanswered those that were not within ten seconds, or whose connection was refused or ended
     * @param p99 nanoseconds, of those that were
     */
    record Experience(int answered, int unanswered, long p99) {
        @Override
        public String toString() {
            return "p99 %9.2f ms, %6d answered, %3d not".formatted(p99 / 1e6, answered, unanswered);
        }
    }

    Experience ask(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            useAConnection(end);
        }
        long[] sorted = times.build().sorted().toArray();
        long p99 = sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)];
        return new Experience(sorted.length, unanswered, p99);
    }

    private void useAConnection(long end) {
        long began = System.nanoTime();
        try (Client client = new Client(transport, port)) {
            boolean open = true;
            for (int i = 0; i < REQUESTS_PER_CONNECTION && open && System.nanoTime() - end < 0; i++) {
                Response response =
                        client.send("GET /unread HTTP/1.1\nHost: localhost\n\n").receive();
                times.add(System.nanoTime() - began);
                open = !"close".equals(response.header("connection"));
                began = System.nanoTime();
            }
        } catch (IOException e) {
            unanswered++;
        }
    }
}
