package io.github.jettympm.prefork;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class OneRequestAtATimeTest {
    private final HttpConfiguration http = new HttpConfiguration();

    private PreforkConnector connector(AbstractHTTP2ServerConnectionFactory http2) {
        return new PreforkConnector(new Server(), new HttpConnectionFactory(http), http2);
    }

    private static String refusal(PreforkConnector connector) {
        return assertThrows(IllegalArgumentException.class, connector::checkSettings)
                .getMessage();
    }

    @Test
    void manyStreamsAreRefusedInClearTextAndOverTls() {
        String clear = refusal(connector(new HTTP2CServerConnectionFactory(http)));
        String secure = refusal(connector(new HTTP2ServerConnectionFactory(http)));

        assertTrue(clear.startsWith("HTTP/2 (h2c) may bring several requests at once"), clear);
        assertTrue(clear.contains("jetty.http2c.maxConcurrentStreams=1"), clear);
        assertTrue(secure.startsWith("HTTP/2 (h2) may bring several requests at once"), secure);
    }

    @Test
    void oneStreamAtATimeIsAllowed() {
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(1);

        assertDoesNotThrow(connector(http2)::checkSettings);
    }
}
