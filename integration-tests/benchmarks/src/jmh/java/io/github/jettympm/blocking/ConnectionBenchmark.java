package io.github.jettympm.blocking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One turn of a connection without HTTP: the endpoint is filled with 64 bytes, and they are flushed. With the
 * connector's own class, so that its endpoint, its threads and its selectors are what is measured, and nothing else;
 * the client's two system calls are part of it.
 */
@State(Scope.Thread)
public class ConnectionBenchmark {
    private static final int BYTES = 64;

    @Param({
        "io.github.jettympm.worker.WorkerConnector",
        "io.github.jettympm.event.EventConnector",
        "org.eclipse.jetty.server.ServerConnector"
    })
    public String connector;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private Server server;
    private SocketChannel client;

    @Setup
    public void start() throws Exception {
        server = new Server();
        var listening = (AbstractNetworkConnector) Class.forName(connector)
                .getConstructor(Server.class, ConnectionFactory[].class)
                .newInstance(server, new ConnectionFactory[] {new EchoFactory()});
        listening.setHost("127.0.0.1");
        server.addConnector(listening);
        server.start();
        client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort()));
        client.socket().setTcpNoDelay(true);
        buffer.put(0, "x".repeat(BYTES).getBytes(StandardCharsets.US_ASCII));
    }

    @TearDown
    public void stop() throws Exception {
        client.close();
        server.stop();
    }

    @Benchmark
    public ByteBuffer turn() throws IOException {
        buffer.clear();
        client.write(buffer);
        buffer.clear();
        while (buffer.hasRemaining()) {
            client.read(buffer);
        }
        return buffer;
    }

    /** Makes connections that send back what they get. */
    private static final class EchoFactory extends AbstractConnectionFactory {
        EchoFactory() {
            super("echo");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return configure(new Echo(connector, endPoint), connector, endPoint);
        }

        @Override
        public List<String> getProtocols() {
            return List.of("echo");
        }
    }

    private static final class Echo extends AbstractConnection {
        private final ByteBuffer bytes = BufferUtil.allocateDirect(BYTES);

        Echo(Connector connector, EndPoint endPoint) {
            super(endPoint, connector.getExecutor());
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            try {
                BufferUtil.clear(bytes);
                int filled = getEndPoint().fill(bytes);
                while (filled > 0) {
                    getEndPoint().flush(bytes);
                    BufferUtil.clear(bytes);
                    filled = getEndPoint().fill(bytes);
                }
                if (filled == 0) {
                    fillInterested();
                } else {
                    close();
                }
            } catch (IOException e) {
                close();
            }
        }
    }
}
