package io.github.jettympm.worker;

import io.github.jettympm.contract.ConnectorContract;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;

@Tag("once") // with newer JDKs the virtual threads are held to it, which are served by the same code
class WorkerConnectorContractTest extends ConnectorContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        return new WorkerConnector(server, factories);
    }
}
