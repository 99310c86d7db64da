package io.github.jettympm.contract;

import static io.github.jettympm.contract.Handlers.answering;

import io.github.jettympm.protocol.ChildEnvironment;
import java.net.InetAddress;
import java.util.Arrays;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Server;

/** A server in a process of its own, which may have few descriptors; it ends when its standard input does. */
final class CrowdedServer {
    private CrowdedServer() {}

    /**
     * Serves and says its port.
     *
     * @param arguments class of the connector, and its settings as {@code name=value}
     */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        var connector = (AbstractNetworkConnector)
                Class.forName(arguments[0]).getConstructor(Server.class).newInstance(server);
        ContractServer.configure(connector, Arrays.asList(arguments).subList(1, arguments.length));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(answering(request -> "hello"));
        server.start();
        System.out.println(connector.getLocalPort());
        if (ChildEnvironment.from(System.getenv()).isPresent()) {
            server.join(); // its parent ends it
        }
        System.in.readAllBytes();
        System.exit(0);
    }
}
