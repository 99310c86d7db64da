package io.github.jettympm;

import io.github.jettympm.protocol.ChildEnvironment;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.component.Container;

/**
 * Lets applications know in which child they run: attributes of the server, and of each context, whenever it is deployed,
 * and so of its {@code ServletContext}; and, for a child that was not started with them, system properties.
 */
final class SlotAttributes implements Container.InheritedListener {
    private final ChildEnvironment child;

    private SlotAttributes(ChildEnvironment child) {
        this.child = child;
    }

    /** Called in a child, before its server starts. */
    static void set(Server server, ChildEnvironment child) {
        SlotAttributes attributes = new SlotAttributes(child);
        System.setProperty(ChildEnvironment.CONNECTOR, Integer.toString(child.connector()));
        System.setProperty(ChildEnvironment.SLOT, Integer.toString(child.slot()));
        System.setProperty(ChildEnvironment.GENERATION, Integer.toString(child.generation()));
        attributes.setIn(server);
        server.addEventListener(attributes);
    }

    private void setIn(Attributes attributes) {
        attributes.setAttribute(ChildEnvironment.CONNECTOR, child.connector());
        attributes.setAttribute(ChildEnvironment.SLOT, child.slot());
        attributes.setAttribute(ChildEnvironment.GENERATION, child.generation());
    }

    @Override
    public void beanAdded(Container parent, Object bean) {
        if (bean instanceof ContextHandler context) {
            setIn(context);
        }
    }

    @Override
    public void beanRemoved(Container parent, Object bean) {
        // A context that is removed is not used again.
    }
}
