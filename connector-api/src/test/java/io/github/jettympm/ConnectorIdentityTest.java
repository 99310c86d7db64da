package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.protocol.ChildEnvironment;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.junit.jupiter.api.Test;

class ConnectorIdentityTest {
    private static final String CLASS = OurConnector.class.getName();
    private static final String REMEDY =
            "; the parent opens the sockets, so restart the server to change, add or remove connectors";

    private static Optional<String> difference(int index, Connector parents, Connector... childs) {
        var said = new ChildEnvironment(index, ConnectorIdentity.of(parents), 0, 1, 1, 1, false, Path.of("scoreboard"));
        return ConnectorIdentity.difference(said, childs);
    }

    @Test
    void sameConfigurationIsServed() {
        assertEquals(Optional.empty(), difference(1, connector(8443), connector(8080), connector(8443)));
    }

    @Test
    void otherPortOrHostIsRefused() {
        OurConnector local = connector(8080);
        local.setHost("::1");

        assertEquals(
                Optional.of("connector 0 of the parent is " + CLASS
                        + " on *:8080 (HTTP/1.1) without children, but in the" + " configuration as it is now it is "
                        + CLASS + " on *:8081 (HTTP/1.1) without children" + REMEDY),
                difference(0, connector(8080), connector(8081)));
        assertEquals(
                Optional.of("connector 0 of the parent is " + CLASS
                        + " on *:8080 (HTTP/1.1) without children, but in the" + " configuration as it is now it is "
                        + CLASS + " on ::1:8080 (HTTP/1.1) without children" + REMEDY),
                difference(0, connector(8080), local));
    }

    /** Whoever has removed the connector in front of it must not get TLS on its port. */
    @Test
    void otherProtocolIsRefused() {
        OurConnector secure = new OurConnector(new SslConnectionFactory(), new HttpConnectionFactory());

        assertEquals(
                Optional.of("connector 0 of the parent is " + CLASS + " on *:0 (HTTP/1.1) without children, but in the"
                        + " configuration as it is now it is " + CLASS + " on *:0 (SSL) without children" + REMEDY),
                difference(0, connector(0), secure));
    }

    @Test
    void otherClassIsRefused() {
        var stock = new ServerConnector(new Server());

        assertEquals(
                Optional.of("connector 0 of the parent is " + CLASS + " on *:0 (HTTP/1.1) without children, but in the"
                        + " configuration as it is now it is org.eclipse.jetty.server.ServerConnector on *:0 (HTTP/1.1)"
                        + " without children" + REMEDY),
                difference(0, connector(0), stock));
    }

    @Test
    void connectorThatIsGoneIsRefused() {
        assertEquals(
                Optional.of(
                        "connector 1 of the parent is " + CLASS + " on *:8443 (HTTP/1.1) without children, but in the"
                                + " configuration as it is now it is none" + REMEDY),
                difference(1, connector(8443), connector(8443)));
    }

    /** Whose port it is then, its configuration does not say. */
    @Test
    void portOfAnInheritedSocketDoesNotMatter() {
        OurConnector one = connector(8080);
        OurConnector other = connector(8081);
        one.setInheritChannel(true);
        other.setInheritChannel(true);

        assertEquals(Optional.empty(), difference(0, one, other));
    }

    private static OurConnector connector(int port) {
        OurConnector connector = new OurConnector(new HttpConnectionFactory());
        connector.setPort(port);
        return connector;
    }

    private static final class OurConnector extends MultiProcessConnector {
        OurConnector(ConnectionFactory... factories) {
            super(new Server(), null, null, null, factories);
        }

        @Override
        protected ConnectionEngine newEngine(ConnectionEvents connectionEvents) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected String model() {
            return "test";
        }
    }
}
