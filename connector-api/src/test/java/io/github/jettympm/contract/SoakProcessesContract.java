package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No byte of one connection reaches another in child processes. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
public abstract class SoakProcessesContract extends SoakCases {
    private final Class<? extends AbstractNetworkConnector> connector;
    private final List<String> settings;

    @TempDir
    Path directory;

    /**
     * Names the connector.
     *
     * @param connector a class with a constructor that takes a server and factories
     * @param settings those of the connector, as {@code name=value}
     */
    protected SoakProcessesContract(Class<? extends AbstractNetworkConnector> connector, String... settings) {
        this.connector = connector;
        this.settings = List.of(settings);
    }

    @Override
    int few() {
        return 16_000;
    }

    @Override
    int many() {
        return 1_000_000;
    }

    @Override
    void soak(int requests, long seed) throws Exception {
        try (ServerProcess server = ServerProcess.start(directory, connector, Transport.CLEAR_TEXT, settings)) {
            Soak soak = new Soak(Transport.CLEAR_TEXT, server.port(), seed);

            soak.run(requests);

            System.out.println(connector.getSimpleName() + " " + settings + ": " + soak);
            assertEquals(List.of(), soak.failures());
            assertEquals(List.of(), server.complaints());
        }
    }
}
