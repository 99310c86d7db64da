package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ChildNames;
import java.io.IOException;
import java.util.Optional;

/** Starts the process of a child and clears up after it. */
public interface ChildLauncher {
    /**
     * What its children are called.
     *
     * @return by default the names of the only pool of a server
     */
    default ChildNames names() {
        return ChildNames.of("child", 0, 1);
    }

    /**
     * Starts a child. Called by the heartbeat's thread, or by the thread that starts the supervisor.
     *
     * @param slot the child's row of the scoreboard, from 0
     * @param generation number of the configuration to start from, from 1
     * @return the running process
     * @throws IOException if the process cannot be started
     */
    Process launch(int slot, int generation) throws IOException;

    /**
     * Says that the first of its children is ready. What others are to profit from may be made then, in the background.
     * Called by the heartbeat's thread, for each child that is ready; must not wait.
     */
    default void ready() {}

    /**
     * Whether something is in work from which a child will start faster and smaller, so that none is to be started
     * before, if it can wait. Called by the heartbeat's thread; must not wait.
     *
     * @return by default never
     */
    default boolean isInWork() {
        return false;
    }

    /** Ends what is in work. Called when no child is started any more. */
    default void stop() {}

    /**
     * Keeps what the virtual machine of a child wrote when it crashed. Called once the process has ended, before {@link
     * #clear}.
     *
     * @param slot the slot that the child lived in
     * @return what the machine said, empty if it did not crash
     */
    default Optional<CrashReport> crashReport(int slot) {
        return Optional.empty();
    }

    /**
     * What a child said at last that did not start. Called once the process has ended, before {@link #clear}.
     *
     * @param slot the slot that the child lived in
     * @return one line, empty if nothing is known
     */
    default Optional<String> lastWords(int slot) {
        return Optional.empty();
    }

    /**
     * Removes what a child left behind, such as its temporary directory. Called once the process has ended.
     *
     * @param slot the slot that is free again
     */
    void clear(int slot);

    /**
     * Removes what the children of a generation had in common. Called once the last of them has ended.
     *
     * @param generation number of the configuration that they were started from
     */
    default void forget(int generation) {}

    /**
     * Reads the configuration again, as it is now. Called by a thread that may wait.
     *
     * @param generation number that this configuration is to have
     * @return the launcher for the children of the next generation
     * @throws IOException if the configuration cannot be read
     */
    default ChildLauncher renewed(int generation) throws IOException {
        return this;
    }
}
