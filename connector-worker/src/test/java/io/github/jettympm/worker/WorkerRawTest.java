package io.github.jettympm.worker;

import io.github.jettympm.contract.RawContract;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;

@Tag("once")
class WorkerRawTest extends RawContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        return new WorkerConnector(server, factories);
    }
}
