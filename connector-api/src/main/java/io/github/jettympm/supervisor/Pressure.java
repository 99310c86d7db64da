package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.Traffic;
import java.time.Duration;
import java.util.List;

/** Tells children when connections wait and none of them is idle, and which of them are to end one that is kept alive. */
final class Pressure {
    /** The parent looks ten times a second, so somebody was there at two looks at the least. */
    private static final long A_MOMENT = Duration.ofMillis(150).toNanos();

    private final Scoreboard scoreboard;
    private final boolean ignored;
    private final KeepAlivePressure decider;
    private boolean waited;
    private long waitedSince;

    /** @param leftAlone how long a connection may be without a request all the same, negative for ever */
    Pressure(Scoreboard scoreboard, Duration leftAlone) {
        this.scoreboard = scoreboard;
        this.ignored = leftAlone.isNegative();
        this.decider = new KeepAlivePressure(leftAlone);
    }

    void tell(List<ChildHandle> children, int waiting, long now) {
        boolean pressure = !ignored && lasts(waiting > 0, now);
        scoreboard.pressure(pressure);
        if (pressure) {
            endKeptAlive(children, waiting, now);
        }
    }

    /** Between the end of one connection and the beginning of the next there is always one that waits, for a moment. */
    private boolean lasts(boolean waits, long now) {
        if (waits && !waited) {
            waitedSince = now;
        }
        waited = waits;
        return waits && now - waitedSince >= A_MOMENT;
    }

    private void endKeptAlive(List<ChildHandle> children, int waiting, long now) {
        List<KeepAlivePressure.KeptAlive> keptAlive = children.stream()
                .filter(child -> child.phase() == Phase.BUSY)
                .map(ChildHandle::slot)
                .filter(this::isKeptAlive)
                .map(slot -> new KeepAlivePressure.KeptAlive(
                        slot, scoreboard.traffic(slot).since()))
                .toList();
        for (int slot : decider.plan(keptAlive, waiting, now)) {
            Traffic traffic = scoreboard.traffic(slot);
            traffic.endKeepAlive(traffic.connections());
        }
    }

    private boolean isKeptAlive(int slot) {
        Traffic traffic = scoreboard.traffic(slot);
        return traffic.activity() == Activity.KEEP_ALIVE && !traffic.isToEndKeepAlive();
    }
}
