package io.github.jettympm;

import io.github.jettympm.scoreboard.Identity;
import java.util.Optional;
import org.eclipse.jetty.util.Jetty;

/** Says whose scoreboard it is. */
final class Identities {
    private static final int UNLIMITED = -1;

    private Identities() {}

    /**
     * The identity of a connector in its server's own process.
     *
     * @param connector one that is open
     * @param processes how many serve at the most
     */
    static Identity of(MultiProcessConnector connector, int processes) {
        String model = connector.model();
        int most = connector.isOneRequestAtATime() ? 1 : connector.maxRequests();
        return new Identity(
                ProcessHandle.current().pid(),
                System.currentTimeMillis(),
                most < 0 ? UNLIMITED : (int) Math.min(Integer.MAX_VALUE, (long) most * processes),
                Optional.ofNullable(connector.getName())
                        .orElse(model + "@" + Integer.toHexString(connector.hashCode())),
                model,
                Optional.ofNullable(connector.getHost()).orElse("0.0.0.0") + ":" + connector.getLocalPort(),
                String.join(", ", connector.getProtocols()),
                version());
    }

    private static String version() {
        String own = Identities.class.getPackage().getImplementationVersion(); // null for classes without a jar
        return "Jetty/" + Jetty.VERSION + " Jetty-MPM" + (own == null ? "" : "/" + own);
    }
}
