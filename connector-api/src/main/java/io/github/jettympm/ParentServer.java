package io.github.jettympm;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Makes the server of a parent one that runs no application: handlers, deployers and everything else that could run
 * code of an application, or hold its files and connections, is not started.
 */
final class ParentServer {
    /** Beans that belong to the machine, not to the applications; named by class, since their jars need not be there. */
    private static final List<String> OPERATIONS = List.of(
            "org.eclipse.jetty.jmx.",
            "org.eclipse.jetty.server.ShutdownService",
            "org.eclipse.jetty.server.ShutdownMonitor");

    private ParentServer() {}

    /**
     * Called while the server is about to start. A server that has a connector which serves in this process keeps its
     * applications, for that connector.
     *
     * @return whether it keeps them
     */
    static boolean prepare(Server server) {
        boolean onlyParents = Arrays.stream(server.getConnectors()).allMatch(ParentServer::isParent);
        if (onlyParents) {
            beans(server).stream().filter(bean -> !isNeeded(bean)).forEach(server::unmanage);
        }
        return !onlyParents;
    }

    private static boolean isParent(Connector connector) {
        return connector instanceof MultiProcessConnector multi && multi.role() == ProcessRole.PARENT;
    }

    private static Collection<Object> beans(Server server) {
        return List.copyOf(server.getBeans());
    }

    private static boolean isNeeded(Object bean) {
        return bean instanceof Connector
                || bean instanceof Executor
                || bean instanceof Scheduler
                || bean instanceof ByteBufferPool
                || OPERATIONS.stream().anyMatch(bean.getClass().getName()::startsWith);
    }
}
