package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** No byte of one connection reaches another, and no buffer is lost, in this process. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"CLEAR_TEXT", "TLS_1_3"})
@Timeout(value = 30, unit = TimeUnit.MINUTES)
public abstract class SoakContract extends SoakCases {
    @Parameter
    Transport transport;

    /**
     * Makes a connector that serves in this process.
     *
     * @param server the server it is for
     * @param factories its protocols
     * @return a connector that is not started
     */
    protected abstract AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories);

    @Override
    int few() {
        return transport.isSecure() ? 1_000 : 17_000;
    }

    @Override
    int many() {
        return 500_000; // over each transport
    }

    @Override
    void soak(int requests, long seed) throws Exception {
        Site site = new Site(this::newConnector, transport);
        site.start(ContractServer.handler());
        Soak soak = new Soak(transport, site.connector().getLocalPort(), seed);

        soak.run(requests);

        System.out.println(getClass().getSimpleName() + ", " + transport + ": " + soak);
        assertEquals(List.of(), soak.failures());
        site.close();
    }
}
