package io.github.jettympm.contract;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Tag;

/** Shows that the stock connector answers each case as it did before: only such cases can be compared. */
@Tag("long")
class StockRawTest extends RawContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        return new ServerConnector(server, factories);
    }
}
