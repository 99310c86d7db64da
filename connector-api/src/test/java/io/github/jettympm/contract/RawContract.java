package io.github.jettympm.contract;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;

/** The {@link RawComparison} of a connector that serves in this process. */
public abstract class RawContract extends RawComparison {
    private Site site;

    /**
     * Makes a connector that serves in this process.
     *
     * @param server the server it is for
     * @param factories its protocols
     * @return a connector that is not started
     */
    protected abstract AbstractNetworkConnector newConnector(Server server, ConnectionFactory... factories);

    @Override
    int start(Transport transport) throws Exception {
        site = new Site(this::newConnector, transport);
        site.start(ContractServer.handler());
        return site.connector().getLocalPort();
    }

    @Override
    void stop() throws Exception {
        site.close();
    }
}
