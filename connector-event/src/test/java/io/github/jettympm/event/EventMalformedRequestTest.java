package io.github.jettympm.event;

import io.github.jettympm.contract.MalformedRequestContract;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

class EventMalformedRequestTest extends MalformedRequestContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        return new EventConnector(server, factories);
    }
}
