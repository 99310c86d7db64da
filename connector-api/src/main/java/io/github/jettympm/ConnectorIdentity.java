package io.github.jettympm;

import io.github.jettympm.protocol.ChildEnvironment;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Connector;

/**
 * What a parent and its children have to agree on about the connector that they serve. The listening socket is opened
 * once, by the parent, but each generation of children reads the configuration anew: by then another connector may be at the same
 * place of it, and would serve TLS where clear text is expected, or clear text where TLS is.
 */
final class ConnectorIdentity {
    private ConnectorIdentity() {}

    /**
     * The class of a connector, where its configuration says that it listens, its default protocol, and whether it has children.
     *
     * @param connector one that need not be open; port 0 is not the port that it got
     * @return words for a log, the same in each process that has read the same configuration
     */
    static String of(Connector connector) {
        String words = connector.getClass().getName();
        if (connector instanceof AbstractNetworkConnector network) {
            words += " on " + address(network) + " (" + network.getDefaultProtocol() + ")";
        }
        boolean hasChildren =
                connector instanceof MultiProcessConnector multi && multi.role() != ProcessRole.IN_PROCESS;
        return hasChildren ? words + " with children" : words + " without children";
    }

    private static String address(AbstractNetworkConnector connector) {
        if (connector instanceof SocketConnector socket && socket.isInheritChannel()) {
            return "an inherited socket";
        }
        return (connector.getHost() == null ? "*" : connector.getHost()) + ":" + connector.getPort();
    }

    /**
     * Compares what the parent has said with the configuration that this child has read.
     *
     * @param child what the parent has said
     * @param configured the connectors of this process, in their order
     * @return why this child must not serve, empty if both are the same
     */
    static Optional<String> difference(ChildEnvironment child, Connector... configured) {
        int index = child.connector();
        String found = index < configured.length ? of(configured[index]) : "none";
        return found.equals(child.identity())
                ? Optional.empty()
                : Optional.of("connector " + index + " of the parent is " + child.identity()
                        + ", but in the configuration as it is now it is " + found
                        + "; the parent opens the sockets, so restart the server to change, add or remove connectors");
    }
}
