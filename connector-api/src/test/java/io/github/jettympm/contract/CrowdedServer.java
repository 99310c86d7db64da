package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;

import java.net.InetAddress;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Server;

/** A server in a process of its own, which may have few descriptors; it ends when its standard input does. */
final class CrowdedServer {
    private CrowdedServer() {}

    /** Serves with a connector of the class that is named, and says its port. */
    public static void main(String[] connectorClass) throws Exception {
        Server server = new Server();
        var connector = (AbstractNetworkConnector)
                Class.forName(connectorClass[0]).getConstructor(Server.class).newInstance(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(answering(request -> "hello"));
        server.start();
        System.out.println(connector.getLocalPort());
        System.in.readAllBytes();
        System.exit(0);
    }
}
