package io.github.jettympm.child;

import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C in a terminal goes to the parent and to all children at once. A child ignores it: the parent decides when and
 * in which order its children end, and tells them by SIGTERM.
 */
final class TerminalSignals {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalSignals.class);

    private TerminalSignals() {}

    /** Called once, when a child begins its life. */
    static void leaveToParent() {
        try {
            // By reflection, since the compiler warns of these classes although the module jdk.unsupported exports
            // them.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            handle.invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            LOG.debug("cannot ignore SIGINT; Ctrl-C ends this child without its parent", e);
        }
    }
}
