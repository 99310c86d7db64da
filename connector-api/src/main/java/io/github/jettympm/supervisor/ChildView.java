package io.github.jettympm.supervisor;

import java.time.Duration;

/**
 * A child at one moment, for those who decide.
 *
 * @param slot its row of the scoreboard
 * @param phase what it does
 * @param standIn whether it was started to take the place of another child, which serves until then
 * @param outdated whether another child is to take its place
 * @param idleFor how long it has waited for a connection, zero if it does not
 * @param idleThreads how many more requests it could serve at once
 */
record ChildView(int slot, Phase phase, boolean standIn, boolean outdated, Duration idleFor, int idleThreads) {}
