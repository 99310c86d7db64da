package io.github.jettympm.blocking;

import io.github.jettympm.MultiProcessConnector;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Where connections go that need more than one thread: one selector of Jetty's own, made when the first of them comes.
 * Any thread may call it.
 */
final class Detachment {
    private final MultiProcessConnector connector;
    private volatile ManagedSelector selector;
    private DetachedSelectorManager manager;

    Detachment(MultiProcessConnector connector) {
        this.connector = connector;
    }

    /** Puts a detached endpoint at the selector; nowhere if the connector stops, which closes all that are open. */
    void register(BlockingEndPoint endPoint) {
        ManagedSelector only = selector();
        if (only != null) {
            only.submit(target -> register(endPoint, target));
        }
    }

    private static void register(BlockingEndPoint endPoint, Selector target) {
        try {
            endPoint.interest().attach(endPoint.getChannel().register(target, 0, endPoint));
        } catch (ClosedChannelException e) {
            endPoint.close(e);
        }
    }

    /** Makes the selector see what endpoints ask for, and forget those that are closed. */
    void wakeup() {
        ManagedSelector current = selector;
        Selector target = current == null ? null : current.getSelector();
        if (target != null) {
            target.wakeup();
        }
    }

    /** Ends the selector, if there was ever need of one. Its connections are closed already. */
    synchronized void stop() {
        if (manager != null) {
            LifeCycle.stop(manager);
            connector.removeBean(manager);
        }
    }

    private synchronized ManagedSelector selector() {
        if (selector == null && connector.isRunning()) {
            manager = new DetachedSelectorManager(connector);
            connector.addManaged(manager);
            selector = manager.only();
        }
        return selector;
    }

    /** Jetty's selector manager for endpoints that exist already. */
    private static final class DetachedSelectorManager extends SelectorManager {
        DetachedSelectorManager(MultiProcessConnector connector) {
            super(connector.getExecutor(), connector.getScheduler(), 1);
        }

        ManagedSelector only() {
            return chooseSelector();
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            throw new IllegalStateException("only endpoints that exist are registered here");
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment) {
            throw new IllegalStateException("only connections that exist are registered here");
        }
    }
}
