package io.github.jettympm;

import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * Takes Jetty's {@code GracefulHandler} (module {@code graceful}) out of a child's server. While the child drains, that would answer
 * 503 to the next request of a connection that was accepted before, so a graceful restart under load would cost requests; the
 * connector sees to all that it is for.
 */
final class GracefulHandlers {
    private GracefulHandlers() {}

    /** Called while the server is about to start. */
    static void remove(Server server) {
        Stream.concat(Stream.of(server), server.getDescendants(Handler.Singleton.class).stream())
                .forEach(GracefulHandlers::removeBelow);
    }

    private static void removeBelow(Handler.Singleton parent) {
        while (parent.getHandler() instanceof GracefulHandler graceful) {
            Handler next = graceful.getHandler();
            graceful.setHandler((Handler) null);
            parent.setHandler(next);
            applyShutdownIdleTimeout(graceful);
        }
    }

    /** It tells the connectors of its {@code shutdownIdleTimeout} when it starts, and nobody else. */
    private static void applyShutdownIdleTimeout(GracefulHandler removed) {
        try {
            removed.start();
            removed.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot apply the settings of " + removed, e);
        }
    }
}
