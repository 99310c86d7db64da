package io.github.jettympm.event;

import io.github.jettympm.contract.FuzzContract;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

class EventFuzzTest extends FuzzContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        return new EventConnector(server, factories);
    }
}
