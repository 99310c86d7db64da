package io.github.jettympm.worker;

import io.github.jettympm.contract.SoakContract;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
class WorkerVirtualSoakTest extends SoakContract {
    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        WorkerConnector connector = new WorkerConnector(server, factories);
        connector.setVirtualThreads(true);
        return connector;
    }
}
