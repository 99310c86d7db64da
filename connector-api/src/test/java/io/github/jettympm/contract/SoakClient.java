package io.github.jettympm.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** One client of a {@link Soak}: what it does follows from the seed, when it does it from the machine. */
final class SoakClient {
    private static final int REQUESTS_PER_CONNECTION = 40;
    private static final int ABORTED_PERCENT = 4;
    private static final int PIPELINED_PERCENT = 10;
    private static final int CHUNK = 20_011;

    private final Soak soak;
    private final SplittableRandom random;
    private final long first;
    private long number;

    SoakClient(Soak soak, int index) {
        this.soak = soak;
        this.random = new SplittableRandom(soak.seed() * Soak.CONNECTIONS + index);
        this.first = (long) index << 40;
    }

    /** A request and what its answer has to be. */
    private record Exchange(String head, long content, long contentSeed, boolean chunked, long answer, long sum) {}

    /** Opens a connection, sends some requests on it and closes it. */
    void useAConnection() {
        int left = 1 + random.nextInt(REQUESTS_PER_CONNECTION);
        boolean fresh = true;
        try (Client client = soak.connect()) {
            boolean open = true;
            while (open && left > 0) {
                int together = random.nextInt(100) < PIPELINED_PERCENT ? 2 : 1;
                open = ask(client, together, fresh);
                left -= together;
                fresh = false;
            }
        } catch (IOException e) {
            soak.failed("client " + (first >> 40) + ", no connection: " + e);
        }
    }

    /** Whether the connection can be used for another request. */
    private boolean ask(Client client, int together, boolean fresh) throws IOException {
        Exchange[] exchanges = new Exchange[together];
        for (int i = 0; i < together; i++) {
            exchanges[i] = next(together > 1);
        }
        if (random.nextInt(100) < ABORTED_PERCENT) {
            abort(client, exchanges[0]);
            return false;
        }
        int answered = 0;
        try {
            send(client, exchanges[0], exchanges[0].content());
            if (together > 1) {
                sendAnother(client, exchanges[1]);
            }
            boolean open = true;
            while (open && answered < together) {
                open = receive(client, exchanges[answered]);
                answered++;
            }
            return open;
        } catch (IOException e) {
            if (fresh && answered == 0) {
                soak.failed(exchanges[0] + " was lost: " + e);
            } else {
                soak.retried();
            }
            return false;
        }
    }

    /** The server may have said meanwhile that its first answer is the last. */
    private static void sendAnother(Client client, Exchange exchange) {
        try {
            send(client, exchange, exchange.content());
        } catch (IOException e) {
            // That answer can be read all the same.
        }
    }

    private Exchange next(boolean small) throws IOException {
        long content = small ? random.nextInt(300) : size();
        long answer = small ? random.nextInt(300) : size();
        boolean chunked = random.nextBoolean();
        String target =
                "/soak?n=" + (first + number++) + "&answer=" + answer + (random.nextBoolean() ? "&chunked" : "");
        long contentSeed = random.nextLong();
        CRC32 sum = new CRC32();
        sum.update(target.getBytes(StandardCharsets.ISO_8859_1));
        new Noise(contentSeed).give(content, sum::update);
        String head = "POST " + target + " HTTP/1.1\nHost: localhost\n"
                + (chunked ? "Transfer-Encoding: chunked\n\n" : "Content-Length: " + content + "\n\n");
        return new Exchange(head, content, contentSeed, chunked, answer, sum.getValue());
    }

    /** Most requests are small, some fill buffers, few are as large as 10 MB. */
    private long size() {
        int kind = random.nextInt(1000);
        if (kind < 700) {
            return random.nextInt(1_000);
        }
        if (kind < 970) {
            return random.nextInt(20_000);
        }
        return kind < 998 ? random.nextInt(200_000) : random.nextInt(10 * 1024 * 1024);
    }

    /** Sends no more content than it is told to. */
    private static void send(Client client, Exchange exchange, long content) throws IOException {
        client.send(exchange.head());
        Noise noise = new Noise(exchange.contentSeed());
        if (!exchange.chunked()) {
            noise.give(content, (bytes, offset, length) -> client.send(bytes, offset, length));
            return;
        }
        for (long sent = 0; sent < content; sent += CHUNK) {
            long size = Math.min(CHUNK, content - sent);
            client.send(Long.toHexString(size) + "\n");
            noise.give(size, (bytes, offset, length) -> client.send(bytes, offset, length));
            client.send("\n");
        }
        if (content == exchange.content()) {
            client.send("0\n\n");
        }
    }

    private void abort(Client client, Exchange exchange) {
        soak.aborted();
        try {
            if (random.nextBoolean() && exchange.content() > 0) {
                send(client, exchange, random.nextLong(exchange.content()));
            } else {
                send(client, exchange, exchange.content());
                client.receiveHead();
                client.receive((int) (exchange.answer() / 2)); // as they come, chunks and all
            }
            if (random.nextBoolean()) {
                client.reset();
            } else {
                client.drop();
            }
        } catch (IOException e) {
            // It was to be broken off anyway.
        }
    }

    /** Whether the connection stays open. */
    private boolean receive(Client client, Exchange exchange) throws IOException {
        Response head = client.receiveHead();
        String sum = head.header("x-sum");
        if (head.status() != 200 || sum == null || Long.parseLong(sum, 16) != exchange.sum()) {
            soak.failed(exchange + " was answered with " + head.status() + " " + head.headers() + " "
                    + client.receiveAll());
            return false;
        }
        Noise expected = new Noise(exchange.sum());
        boolean right = head.header("transfer-encoding") == null
                ? receive(client, expected, exchange.answer())
                : receiveChunks(client, expected, exchange.answer());
        if (!right) {
            soak.failed(exchange + " was answered with bytes that are not its own");
            return false;
        }
        soak.completed();
        return !"close".equals(head.header("connection"));
    }

    private static boolean receive(Client client, Noise expected, long length) throws IOException {
        boolean right = true;
        for (long left = length; left > 0 && right; ) {
            byte[] piece = client.receive((int) Math.min(left, CHUNK));
            right = expected.continuesWith(piece);
            left -= piece.length;
        }
        return right;
    }

    private static boolean receiveChunks(Client client, Noise expected, long length) throws IOException {
        boolean right = true;
        long received = 0;
        byte[] chunk = client.chunk();
        while (chunk.length > 0 && right) {
            right = expected.continuesWith(chunk);
            received += chunk.length;
            chunk = client.chunk();
        }
        return right && received == length;
    }
}
