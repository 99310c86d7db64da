package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates of both sides, and who hears of a handshake. */
abstract class TlsCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";
    private static final String GET_OTHER = "GET / HTTP/1.1\nHost: other.test\n\n";

    private SslContextFactory.Server tls;

    @BeforeEach
    void useTls() {
        assumeTrue(site.transport().isSecure(), "about TLS");
        tls = TestCertificate.serverFactory(site.transport().protocol());
        site.useFactoriesAsTheyAre(AbstractConnectionFactory.getFactories(tls, new HttpConnectionFactory(site.http)));
    }

    private Client connect(String serverName, KeyStore own) throws IOException {
        SSLContext context = TestCertificate.clientContext(TestCertificate.both(), own);
        List<SNIServerName> serverNames = List.of(new SNIHostName(serverName));
        return site.connect(tcp -> site.transport().on(tcp, context, serverNames));
    }

    @Test
    void serverNameChoosesTheCertificate() throws Exception {
        tls.setKeyStore(TestCertificate.both());
        site.start(answering(Request::getServerName));

        Client first = connect("localhost", null);
        Client second = connect("other.test", null);

        assertEquals("CN=localhost", first.peer());
        assertEquals("CN=other.test", second.peer());
        assertEquals("200 localhost", first.send(GET).receive().summary());
        assertEquals("200 other.test", second.send(GET_OTHER).receive().summary());
    }

    @Test
    void certificateOfTheClientReachesTheRequest() throws Exception {
        tls.setNeedClientAuth(true);
        tls.setTrustStore(TestCertificate.other());
        site.start(answering(TlsCases::clientName));
        Client client = connect("localhost", TestCertificate.other());

        assertEquals("200 CN=other.test", client.send(GET).receive().summary());
        assertEquals("200 CN=other.test", client.send(GET).receive().summary());
    }

    private static String clientName(Request request) {
        SslSessionData session = (SslSessionData) request.getAttribute(SslSessionData.ATTRIBUTE);
        return session.peerCertificates()[0].getSubjectX500Principal().getName();
    }

    @Test
    void clientWithoutCertificateIsRefusedAndOthersAreServed() throws Exception {
        tls.setNeedClientAuth(true);
        tls.setTrustStore(TestCertificate.other());
        site.start(answering(request -> "hello"));
        Client known = connect("localhost", TestCertificate.other());
        known.send(GET).receive();

        // With TLS 1.3 the client learns it only when it reads.
        assertThrows(
                IOException.class, () -> connect("localhost", null).send(GET).receive());

        assertEquals("200 hello", known.send(GET).receive().summary());
        assertEquals(
                "200 hello",
                connect("localhost", TestCertificate.other())
                        .send(GET)
                        .receive()
                        .summary());
    }

    @Test
    void newCertificateIsForNewConnections() throws Exception {
        site.start(answering(request -> "hello"));
        Client before = connect("localhost", null);
        before.send(GET).receive();

        tls.reload(factory -> factory.setKeyStore(TestCertificate.other()));
        Client after = connect("other.test", null);

        assertEquals("CN=localhost", before.peer());
        assertEquals("CN=other.test", after.peer());
        assertEquals("200 hello", before.send(GET).receive().summary());
        assertEquals("200 hello", after.send(GET_OTHER).receive().summary());
    }

    @Test
    void listenerHearsOfHandshakesThatSucceedAndFail() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        site.connector().addBean(new RecordingListener(events));
        site.start(answering(request -> "hello"));

        site.connect().send(GET).receive();
        assertThrows(IOException.class, () -> site.connectWithPreface("GET / HTTP/1.1\r\n\r\n"));

        assertEquals("succeeded with " + site.transport().protocol(), events.take());
        assertEquals("failed", events.take());
    }

    /** Writes down what it hears. */
    private record RecordingListener(BlockingQueue<String> events) implements SslHandshakeListener {
        @Override
        public void handshakeSucceeded(Event event) {
            events.add("succeeded with " + event.getSSLEngine().getSession().getProtocol());
        }

        @Override
        public void handshakeFailed(Event event, Throwable failure) {
            events.add("failed");
        }
    }
}
