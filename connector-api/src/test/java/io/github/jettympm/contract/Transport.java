package io.github.jettympm.contract;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;

/** How bytes travel between client and connector. */
public enum Transport {
    CLEAR_TEXT(null),
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String protocol;

    Transport(String protocol) {
        this.protocol = protocol;
    }

    public boolean isSecure() {
        return protocol != null;
    }

    /** The protocols of a connector, with TLS in front of them if this is TLS. */
    public ConnectionFactory[] over(ConnectionFactory... factories) {
        return isSecure()
                ? AbstractConnectionFactory.getFactories(TestCertificate.serverFactory(protocol), factories)
                : factories;
    }

    /** The client's end of a connection: the socket itself, or TLS on it with the handshake done. */
    public Socket clientOn(Socket tcp) throws IOException {
        if (!isSecure()) {
            return tcp;
        }
        SSLSocket socket = (SSLSocket)
                TestCertificate.clientContext().getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }
}
