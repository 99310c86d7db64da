package io.github.jettympm.contract;

import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS whose writers pause when not all was written, before they see to the rest: a thread may be held up anywhere. */
final class PausingTls extends SslConnectionFactory {
    private final Runnable pause;

    /**
     * Makes the factory of such connections.
     *
     * @param server certificate and version
     * @param next the protocol within TLS
     * @param pause waits; called by the writer
     */
    PausingTls(SslContextFactory.Server server, String next, Runnable pause) {
        super(server, next);
        this.pause = pause;
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new SslConnection(
                connector.getByteBufferPool(), connector.getExecutor(), getSslContextFactory(), endPoint, engine) {
            @Override
            protected SslEndPoint newSslEndPoint() {
                return new SslEndPoint() {
                    @Override
                    protected void onIncompleteFlush() {
                        pause.run();
                        super.onIncompleteFlush();
                    }
                };
            }
        };
    }
}
