package io.github.jettympm.scoreboard;

import java.time.Duration;

/**
 * Adds a point to the history of a scoreboard now and then. Called by the thread that looks after it: the parent's
 * heartbeat, or that of a scheduler where there are no children.
 */
public final class Sampler {
    private static final long PERIOD = Duration.ofSeconds(5).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private final Scoreboard scoreboard;
    private boolean ever;
    private long last;
    private long requests;

    /**
     * Makes a sampler that has not looked yet.
     *
     * @param scoreboard where to look and to write
     */
    public Sampler(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
    }

    /**
     * Adds a point if five seconds are over since the last one.
     *
     * @param now {@link System#nanoTime()}
     * @param at milliseconds since 1970
     */
    public void look(long now, long at) {
        if (!ever) {
            note(now, scoreboard.totals().requests());
        } else if (now - last >= PERIOD) {
            add(now, at);
        }
    }

    private void add(long now, long at) {
        long total = scoreboard.totals().requests();
        double rate = (total - requests) * NANOS_PER_SECOND / (now - last);
        int busy = 0;
        int idle = 0;
        for (int slot = 0; slot < scoreboard.slots(); slot++) {
            if (scoreboard.state(slot) != SlotState.OPEN) {
                busy += scoreboard.busy(slot);
                idle += scoreboard.idle(slot);
            }
        }
        scoreboard.history().add(new History.Point(at, rate, busy, idle));
        note(now, total);
    }

    private void note(long now, long total) {
        ever = true;
        last = now;
        requests = total;
    }
}
