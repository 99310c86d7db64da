package io.github.jettympm.child;

import io.github.jettympm.protocol.Signals;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C in a terminal goes to the parent and to all children at once, and so does the end of the terminal, and what {@code
 * systemctl kill} sends. A child ignores what is meant for the parent: that decides when and in which order its children end,
 * and tells them by SIGTERM.
 */
final class TerminalSignals {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalSignals.class);

    private TerminalSignals() {}

    /** Called once, when a child begins its life. */
    static void leaveToParent() {
        for (String signal : List.of("INT", "HUP", "USR2")) {
            try {
                Signals.ignore(signal);
            } catch (ReflectiveOperationException e) {
                LOG.debug("cannot ignore SIG{}; it ends this child without its parent", signal, e);
            }
        }
    }
}
