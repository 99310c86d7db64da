package io.github.jettympm.worker;

import io.github.jettympm.ChildConnector;
import io.github.jettympm.contract.DrainContract;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

class WorkerDrainTest extends DrainContract {
    @Override
    protected ChildConnector newConnector(Server server, ConnectionFactory... factories) {
        return new WorkerConnector(server, factories);
    }
}
