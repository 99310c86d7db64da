package io.github.jettympm.contract;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;

/** How bytes travel between client and connector. */
public enum Transport implements Client.Layer {
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

    /** The version of TLS, null for clear text. */
    String protocol() {
        return protocol;
    }

    /** The client's end of a connection: the socket itself, or TLS on it with the handshake done. */
    @Override
    public Socket on(Socket tcp) throws IOException {
        return isSecure() ? on(tcp, TestCertificate.clientContext(), List.of()) : tcp;
    }

    /** The client's end of TLS, with the handshake done, as a client that asks for a server of the given names. */
    Socket on(Socket tcp, SSLContext context, List<SNIServerName> serverNames) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        if (!serverNames.isEmpty()) {
            parameters.setServerNames(serverNames);
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
