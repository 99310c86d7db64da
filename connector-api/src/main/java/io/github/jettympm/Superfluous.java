package io.github.jettympm;

import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Keeps a connector of Jetty that another process serves from doing anything. Jetty's {@code XmlConfiguration} starts
 * whatever its files name, and gives up if it is not started then; so it is started, has no socket, and is stopped with
 * the server that it was taken from.
 */
final class Superfluous implements LifeCycle.Listener {
    private final AbstractNetworkConnector connector;

    private Superfluous(AbstractNetworkConnector connector) {
        this.connector = connector;
    }

    /**
     * Makes a connector that was taken from its server one that does nothing. Ours know it by themselves.
     *
     * @param connector one that is not started
     * @param server the server it was taken from
     */
    static void make(Connector connector, Server server) {
        if (connector instanceof AbstractNetworkConnector stock && !(connector instanceof MultiProcessConnector)) {
            stock.addEventListener(new Superfluous(stock));
            server.addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStopping(LifeCycle unused) {
                    LifeCycle.stop(stock);
                }
            });
        }
    }

    @Override
    public void lifeCycleStarting(LifeCycle unused) {
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        connector.setAccepting(false);
    }

    @Override
    public void lifeCycleStarted(LifeCycle unused) {
        connector.close();
    }
}
