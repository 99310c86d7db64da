package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.junit.jupiter.api.Test;

/** A connector that says once what the operator has to know, where the stock connector says it every second. */
public abstract class QuietDescriptorsContract extends DescriptorsContract {
    /**
     * Names the connector.
     *
     * @param connectorClass a class with a constructor that takes a server
     */
    protected QuietDescriptorsContract(Class<? extends AbstractNetworkConnector> connectorClass) {
        super(connectorClass);
    }

    @Test
    void exhaustionIsSaidOnce() throws Exception {
        for (int times = 1; times <= 2; times++) {
            exhaustDescriptors();
            useOldestConnection();
            closeClients();
            awaitServed();

            assertEquals(times, complaints().size(), () -> String.join("\n", complaints()));
        }
        assertTrue(
                complaints().get(0).contains("Too many open files"),
                () -> complaints().get(0));
    }
}
