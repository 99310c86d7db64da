package io.github.jettympm.contract;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Tag;

/** Shows that the contract is what Jetty's own connector does. */
@Tag("once")
class StockConnectorTest extends ConnectorContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        return new ServerConnector(server, factories);
    }
}
