package io.github.jettympm.bench.load;

import io.github.jettympm.bench.app.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.SocketFactory;

/** Connections that are kept alive after a request each, and do nothing then. */
public final class IdleConnections implements AutoCloseable {
    /** From one address of the loop-back network; the kernel has some 28,000 client ports for each. */
    private static final int PER_ADDRESS = 10_000;

    private static final int ADDRESSES = 10; // of a client

    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private final Target target;
    private final SocketFactory factory;
    private final boolean tls;
    private final int client;
    private final byte[] request;
    private final String body;
    private final List<Socket> sockets = new ArrayList<>();

    /** Makes a holder of connections that ask for {@code /bench/hello}; {@link #open} opens them. */
    public IdleConnections(Target target, boolean tls) {
        this(target, tls, 0);
    }

    /**
     * Makes a holder that is one of several.
     *
     * @param client which one, from 0: each has addresses of its own
     */
    IdleConnections(Target target, boolean tls, int client) {
        this.target = target;
        this.tls = tls;
        this.client = client;
        this.factory = tls ? Trusting.sockets() : SocketFactory.getDefault();
        this.request = Exchange.get("/bench/hello").array();
        this.body = new String(Payload.hello(), StandardCharsets.US_ASCII);
    }

    /** Opens connections until there are so many, each with one request. */
    public void open(int connections) throws IOException {
        while (sockets.size() < connections) {
            try {
                Socket socket = connect(client * ADDRESSES + sockets.size() / PER_ADDRESS);
                sockets.add(socket);
                exchange(socket);
            } catch (IOException e) {
                throw new IOException("connection %d: %s".formatted(sockets.size(), e.getMessage()), e);
            }
        }
    }

    private Socket connect(int address) throws IOException {
        var plain = new Socket();
        plain.setTcpNoDelay(true);
        plain.setSoLinger(true, 0); // a reset frees the port at once, which the next server's connections need
        plain.setSoTimeout(READ_TIMEOUT_MILLIS);
        if (address > 0) {
            plain.setReuseAddress(true);
            plain.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (address + 1)), 0));
        }
        int port = tls ? target.tlsPort() : target.port();
        plain.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), READ_TIMEOUT_MILLIS);
        return tls ? Trusting.wrap(factory, plain, port) : plain;
    }

    /** Sends one request over each of so many connections, spread evenly, and says how long each took, in us. */
    public long[] ask(int requests) throws IOException {
        var micros = new ArrayDeque<Long>();
        for (int i = 0; i < requests; i++) {
            Socket socket = sockets.get((int) ((long) i * sockets.size() / requests));
            long begin = System.nanoTime();
            exchange(socket);
            micros.add((System.nanoTime() - begin) / 1_000);
        }
        return sorted(micros);
    }

    private static long[] sorted(Collection<Long> micros) {
        return micros.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private void exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        var exchange = new Exchange();
        var bytes = new byte[1024];
        var all = new ByteArrayOutputStream();
        while (!exchange.isComplete()) {
            int read = in.read(bytes);
            if (read < 0) {
                throw new IOException("a connection was closed after " + all.size() + " bytes of a response");
            }
            all.write(bytes, 0, read);
            exchange.received().put(bytes, 0, read);
        }
        if (!exchange.isRight(body)) {
            throw new IOException("wrong response: " + exchange.text());
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
