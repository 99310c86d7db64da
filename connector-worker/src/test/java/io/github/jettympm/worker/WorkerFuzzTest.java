package io.github.jettympm.worker;

import io.github.jettympm.contract.FuzzContract;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

class WorkerFuzzTest extends FuzzContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        WorkerConnector connector = new WorkerConnector(server, factories);
        connector.setMaxSpareThreads(4); // those that more served connections at once end again
        return connector;
    }
}
