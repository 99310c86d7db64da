package io.github.jettympm.protocol;

import java.util.OptionalInt;

/**
 * What the children of a connector are called in logs and in the names of threads: by their slots, and in a server that has
 * several connectors with children by the connector, too.
 *
 * @param model what the children serve as, such as {@code prefork}
 * @param connector index, from 0, of the connector among those of the server, empty if no other one has children
 */
public record ChildNames(String model, OptionalInt connector) {
    /**
     * The names for the children of a connector.
     *
     * @param model what they serve as, such as {@code prefork}
     * @param connector index, from 0, of the connector among those of the server
     * @param pools how many connectors of the server have children
     * @return the names
     */
    public static ChildNames of(String model, int connector, int pools) {
        return new ChildNames(model, pools > 1 ? OptionalInt.of(connector) : OptionalInt.empty());
    }

    /**
     * What no other child of the server has at the same time.
     *
     * @param slot of the child, from 0
     * @return the slot, or connector and slot, such as {@code 1.3}
     */
    public String number(int slot) {
        return connector.isPresent() ? connector.getAsInt() + "." + slot : Integer.toString(slot);
    }

    /**
     * The name of a child.
     *
     * @param slot of the child, from 0
     * @return such as {@code prefork-3}, or {@code prefork-1.3}
     */
    public String child(int slot) {
        return model + "-" + number(slot);
    }

    /**
     * Where a child lives, in words.
     *
     * @param slot of the child, from 0
     * @return such as {@code slot 3}, or {@code slot 3 of connector 1}
     */
    public String place(int slot) {
        return "slot " + slot + (connector.isPresent() ? " of connector " + connector.getAsInt() : "");
    }

    /**
     * The name of a thread that looks after all children of the connector.
     *
     * @param task what it does, such as {@code mpm-heartbeat}
     * @return that, with the connector behind it if there are several, such as {@code mpm-heartbeat-1}
     */
    public String thread(String task) {
        return task + (connector.isPresent() ? "-" + connector.getAsInt() : "");
    }
}
