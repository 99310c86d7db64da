package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.settings.RequestTimes;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills children whose request has been served for longer than {@code requestTerminateTimeout} and that have not ended
 * themselves for it. A child cannot where its request is in a loop that never comes to a safepoint (HotSpot's {@code
 * UseCountedLoopSafepoints}): even {@link Runtime#halt} waits for one.
 */
final class StuckRequests {
    /** A child looks four times a second, and takes at most four seconds to say where its thread is. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StuckRequests.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Scoreboard scoreboard;
    private final RequestTimes times;

    StuckRequests(Scoreboard scoreboard, RequestTimes times) {
        this.scoreboard = scoreboard;
        this.times = times;
    }

    /** Looks at all. */
    void look(List<ChildHandle> children, long now) {
        if (!times.terminate().isZero()) {
            children.stream().filter(child -> isStuck(child.slot(), now)).forEach(child -> kill(child, now));
        }
    }

    private boolean isStuck(int slot, long now) {
        long begin = scoreboard.traffic(slot).since();
        return scoreboard.activity(slot, 0) == Activity.WRITING
                && now - begin >= times.terminate().plus(GRACE).toNanos()
                && scoreboard.traffic(slot).since() == begin;
    }

    private void kill(ChildHandle child, long now) {
        if (!child.takeStuck()) {
            return; // the kernel has not taken it away yet
        }
        child.kill("its request took too long");
        Traffic traffic = scoreboard.traffic(child.slot());
        LOG.error(
                "{} has served {} for {} for {} s and is killed: {}.requestTerminateTimeout is {} ms, and it has not ended"
                        + " itself; its virtual machine may not have come to a safepoint",
                child,
                traffic.request(),
                traffic.client(),
                (now - traffic.since()) / NANOS_PER_SECOND,
                times.prefix(),
                times.terminate().toMillis());
    }
}
