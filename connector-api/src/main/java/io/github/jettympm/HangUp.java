package io.github.jettympm;

import io.github.jettympm.protocol.Signals;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restarts the children of all connectors of a server, gracefully, when the process gets SIGHUP. */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
    private static final String SIGNAL = "HUP";

    private final List<ChildPool> pools = new ArrayList<>();
    private Signals.Former former;

    private HangUp() {}

    /** The one of a server, shared by its connectors. */
    static synchronized HangUp of(Server server) {
        HangUp hangUp = server.getBean(HangUp.class);
        if (hangUp == null) {
            hangUp = new HangUp();
            server.addBean(hangUp, false);
        }
        return hangUp;
    }

    synchronized void add(ChildPool pool) {
        pools.add(pool);
        if (former != null) {
            return;
        }
        try {
            former = Signals.handle(SIGNAL, this::renewAll);
        } catch (ReflectiveOperationException e) {
            LOG.info("SIGHUP does not restart the children; the operation gracefulRestart of JMX does", e);
        }
    }

    synchronized void remove(ChildPool pool) {
        pools.remove(pool);
        if (pools.isEmpty() && former != null) {
            former.restore();
            former = null;
        }
    }

    private synchronized void renewAll() {
        LOG.info("SIGHUP: restarting the children gracefully");
        pools.forEach(ChildPool::renew);
    }
}
