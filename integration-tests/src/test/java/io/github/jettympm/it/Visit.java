package io.github.jettympm.it;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLSocket;

/** One visitor of one server, and everything the visitor asks and is told. */
final class Visit {
    private final OpenSite site;
    private final Transcript transcript = new Transcript();

    Visit(OpenSite site) {
        this.site = site;
    }

    Transcript transcript() {
        return transcript;
    }

    Browser browser() {
        return new Browser(site.clients()::http, site.clearTextOrigin(), transcript);
    }

    Browser tlsBrowser() {
        return new Browser(site.clients()::http, site.tlsOrigin(), transcript);
    }

    /** A browser that negotiates HTTP/2 with ALPN. */
    Browser http2Browser() {
        return new Browser(site.clients()::http2, site.tlsOrigin(), transcript);
    }

    /** A browser that asks for an upgrade from HTTP/1.1 to HTTP/2 in clear text. */
    Browser upgradingBrowser() {
        return new Browser(site.clients()::http2, site.clearTextOrigin(), transcript);
    }

    /** A client that starts with HTTP/2 in clear text, since it knows that the server speaks it. */
    PriorKnowledge priorKnowledge() throws Exception {
        return new PriorKnowledge(site.clearTextOrigin(), transcript);
    }

    Wire wire() throws IOException {
        return new Wire(new Socket("localhost", site.server().port()), transcript);
    }

    /** @param protocol as in {@code TLSv1.2} */
    Wire tlsWire(String protocol) throws IOException {
        var socket = (SSLSocket) site.clients()
                .tls()
                .getSocketFactory()
                .createSocket("localhost", site.server().tlsPort());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return new Wire(socket, transcript);
    }

    /** A connection on which the client speaks only one protocol, and says so with ALPN (RFC 7301). */
    Wire negotiatedWire(String applicationProtocol) throws IOException {
        var socket = (SSLSocket) site.clients()
                .tls()
                .getSocketFactory()
                .createSocket("localhost", site.server().tlsPort());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {applicationProtocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        transcript.add("negotiated '" + socket.getApplicationProtocol() + "'");
        return new Wire(socket, transcript);
    }

    Talk talk(String path, String protocol) throws Exception {
        var origin = site.clearTextOrigin();
        return new Talk(
                site.clients().http(),
                new URI("ws", null, origin.getHost(), origin.getPort(), path, null, null),
                protocol,
                transcript);
    }

    Talk tlsTalk(String path, String protocol) throws Exception {
        var origin = site.tlsOrigin();
        return new Talk(
                site.clients().http(),
                new URI("wss", null, origin.getHost(), origin.getPort(), path, null, null),
                protocol,
                transcript);
    }
}
