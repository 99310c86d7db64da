package io.github.jettympm.supervisor;

import java.io.IOException;

/** Starts the process of a child and clears up after it. */
public interface ChildLauncher {
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
     * Removes what a child left behind, such as its temporary directory. Called once the process has ended.
     *
     * @param slot the slot that is free again
     */
    void clear(int slot);
}
