package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;
import static io.github.jettympm.contract.Handlers.handler;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.junit.jupiter.api.Test;

/** What goes wrong in the server with one connection, out of memory included, costs that connection and no other. */
abstract class FaultCases extends Cases {
    private static final String GET = "GET / HTTP/1.1\nHost: localhost\n\n";

    /** Fails as long as there is something to fail with. */
    private static final class FailingFactory extends HttpConnectionFactory {
        private final AtomicReference<Error> failure;

        FailingFactory(HttpConfiguration configuration, AtomicReference<Error> failure) {
            super(configuration);
            this.failure = failure;
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            if (failure.get() != null) {
                throw failure.get();
            }
            return super.newConnection(connector, endPoint);
        }
    }

    @Test
    void connectionThatCannotBeMadeForWantOfMemoryIsClosedAndOthersAreServed() throws Exception {
        AtomicReference<Error> failure = new AtomicReference<>();
        site.useFactories(new FailingFactory(site.http, failure));
        site.start(answering(request -> "hello"));
        Client other = site.connect();
        other.send(GET).receive();

        failure.set(new OutOfMemoryError("on purpose"));
        for (int i = 0; i < 5; i++) {
            assertEnded();
        }
        failure.set(null);

        assertEquals("200 hello", other.send(GET).receive().summary());
        assertEquals("200 hello", site.connect().send(GET).receive().summary());
    }

    private void assertEnded() {
        try {
            assertEquals("", site.connect().receiveAll());
        } catch (IOException e) {
            assertFalse(e instanceof SocketTimeoutException, "the handshake of TLS is not ended");
        }
    }

    @Test
    void requestThatRunsOutOfMemoryIsAnsweredAndOthersAreServed() throws Exception {
        site.start(handler((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/fails")) {
                throw new OutOfMemoryError("on purpose");
            }
            Content.Sink.write(response, true, "fine", callback);
        }));
        Client other = site.connect();
        other.send(GET).receive();
        Client client = site.connect();

        for (int i = 0; i < 5; i++) {
            assertEquals(
                    500,
                    client.send("GET /fails HTTP/1.1\nHost: localhost\n\n")
                            .receive()
                            .status());
        }

        assertEquals("200 fine", client.send(GET).receive().summary());
        assertEquals("200 fine", other.send(GET).receive().summary());
    }
}
