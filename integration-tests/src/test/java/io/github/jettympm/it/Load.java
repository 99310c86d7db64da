package io.github.jettympm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Clients that ask for the same thing again and again, on connections that they keep for some requests, and count what
 * they get.
 */
final class Load implements AutoCloseable {
    /** Then a client makes room for one that waits, since a child serves one connection at a time. */
    private static final int REQUESTS_PER_CONNECTION = 20;

    private static final long DEADLINE = 60; // seconds

    private final int port;
    private final String path;
    private final CountDownLatch enough;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> clients;
    private volatile boolean stopped;

    /**
     * A connection that got no answer or a wrong one.
     *
     * @param clientPort of the connection; 0 if there was none
     */
    record Failure(int clientPort, Exception cause) {}

    /**
     * Starts clients.
     *
     * @param enough how many answers {@link #awaitEnough} waits for
     */
    Load(int port, String path, int clients, int enough) {
        this.port = port;
        this.path = path;
        this.enough = new CountDownLatch(enough);
        this.clients = IntStream.range(0, clients)
                .mapToObj(i -> new Thread(this::ask, "load-" + i))
                .toList();
        this.clients.forEach(Thread::start);
    }

    private void ask() {
        while (!stopped) {
            int clientPort = 0;
            try (var socket = new Socket("localhost", port)) {
                clientPort = socket.getLocalPort();
                askOn(socket);
            } catch (IOException e) {
                failures.add(new Failure(clientPort, e));
            }
        }
    }

    private void askOn(Socket socket) throws IOException {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE));
        socket.setTcpNoDelay(true);
        var in = new BufferedInputStream(socket.getInputStream());
        boolean open = true;
        for (int i = 1; open; i++) {
            boolean last = i == REQUESTS_PER_CONNECTION || stopped;
            var request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + (last ? "Connection: close\r\n" : "") + "\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            long sent = System.nanoTime();
            try {
                open = read(in) && !last;
            } catch (IOException e) {
                throw new IOException(
                        "request %d of a connection, %d ms after it was sent, at %s: %s"
                                .formatted(i, (System.nanoTime() - sent) / 1_000_000, LocalTime.now(), e.getMessage()),
                        e);
            }
        }
    }

    /** Whether the connection stays open. */
    private boolean read(InputStream in) throws IOException {
        var status = line(in);
        int length = 0;
        boolean open = true;
        for (var field = line(in); !field.isEmpty(); field = line(in)) {
            var lower = field.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Integer.parseInt(lower.substring(15).trim())
                    : length;
            open &= !lower.equals("connection: close");
        }
        var body = in.readNBytes(length);
        if (body.length < length || !status.equals("HTTP/1.1 200 OK")) {
            throw new IOException(status + ", " + body.length + " of " + length + " bytes");
        }
        if (answers.merge(new String(body, US_ASCII).strip(), 1, Integer::sum) == 1) {
            noteNewAnswer();
        }
        enough.countDown();
        return open;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended after: " + line);
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    void awaitEnough() throws InterruptedException {
        if (!enough.await(DEADLINE, TimeUnit.SECONDS)) {
            throw new IllegalStateException(enough.getCount() + " answers are missing after " + DEADLINE + " s");
        }
    }

    private synchronized void noteNewAnswer() {
        notifyAll();
    }

    /** Waits until so many different answers have come. */
    synchronized void awaitAnswers(int different) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE);
        while (answers.size() < different) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("after " + DEADLINE + " s there are only the answers " + answers);
            }
            wait(left);
        }
    }

    /** How often each answer came. */
    Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** The failures on connections other than these, as {@link PreforkServers#kill} returns them. */
    List<Failure> failuresBeside(Set<Integer> clientPorts) {
        return failures.stream()
                .filter(failure -> !clientPorts.contains(failure.clientPort()))
                .toList();
    }

    @Override
    public void close() {
        stopped = true;
        for (var client : clients) {
            join(client);
        }
    }

    private static void join(Thread client) {
        try {
            client.join(TimeUnit.SECONDS.toMillis(DEADLINE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
