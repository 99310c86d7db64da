package io.github.jettympm.event;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.jettympm.contract.ConnectorContract;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract holds for connections that doze whenever they can, be it for a moment. */
@Tag("once")
class DozingContractTest extends ConnectorContract {
    private static final List<EventConnector> CONNECTORS = new CopyOnWriteArrayList<>();
    private static final int MOST_OF_A_TEST = 4;
    private static Thread lullaby;

    @BeforeAll
    static void begin() {
        lullaby = new Thread(DozingContractTest::sing, "lullaby");
        lullaby.start();
    }

    @AfterAll
    static void end() throws InterruptedException {
        lullaby.interrupt();
        lullaby.join();
        CONNECTORS.clear();
    }

    private static void sing() {
        while (!Thread.currentThread().isInterrupted()) {
            for (EventConnector connector : CONNECTORS) {
                connector.getConnectedEndPoints().forEach(DozingContractTest::lookTwice);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    private static void lookTwice(EndPoint open) {
        EventEndPoint endPoint = (EventEndPoint) open;
        endPoint.loop().execute(() -> {
            endPoint.rest();
            endPoint.rest();
        });
    }

    @Override
    protected AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories) {
        assumeFalse(factories[0] instanceof SslConnectionFactory, "over TLS they do not doze");
        EventConnector connector = new EventConnector(server, factories);
        CONNECTORS.add(connector);
        if (CONNECTORS.size() > MOST_OF_A_TEST) {
            CONNECTORS.remove(0);
        }
        return connector;
    }
}
