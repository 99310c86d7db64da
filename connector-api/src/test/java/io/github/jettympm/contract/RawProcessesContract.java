package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The {@link RawComparison} of a connector that serves in child processes; none of them may have anything to complain of. */
@Tag("once")
public abstract class RawProcessesContract extends RawComparison {
    private final Class<? extends AbstractNetworkConnector> connector;
    private final List<String> settings;
    private ServerProcess server;

    @TempDir
    Path directory;

    /**
     * Names the connector.
     *
     * @param connector a class with a constructor that takes a server and factories
     * @param settings what makes it serve in several processes, as {@code name=value}
     */
    protected RawProcessesContract(Class<? extends AbstractNetworkConnector> connector, String... settings) {
        this.connector = connector;
        this.settings = List.of(settings);
    }

    @Override
    int start(Transport transport) throws Exception {
        server = ServerProcess.start(directory, connector, transport, settings);
        return server.port();
    }

    @Override
    void stop() throws Exception {
        server.close();
        assertEquals(List.of(), server.complaints());
    }
}
