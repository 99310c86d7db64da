package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eclipse.jetty.server.AbstractNetworkConnector;

/** A connector that says once what the operator has to know, where the stock connector says it every second. */
public abstract class QuietDescriptorsContract extends DescriptorsContract {
    /**
     * Names the connector.
     *
     * @param connectorClass a class with a constructor that takes a server
     * @param settings those of the connector, as {@code name=value}
     */
    protected QuietDescriptorsContract(Class<? extends AbstractNetworkConnector> connectorClass, String... settings) {
        super(connectorClass, settings);
    }

    @Override
    void check(int times) {
        List<String> complaints = complaints();
        assertEquals(times, complaints.size(), () -> String.join("\n", complaints));
        assertTrue(complaints.get(0).contains("Too many open files"), () -> complaints.get(0));
    }
}
