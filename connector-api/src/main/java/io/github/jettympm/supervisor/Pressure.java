package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.supervisor.KeepAlivePressure.KeptAlive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        List<KeptAlive> keptAlive = children.stream()
                .filter(child -> child.phase() == Phase.BUSY)
                .flatMap(child -> keptAlive(child.slot()).stream())
                .toList();
        for (KeptAlive connection : decider.plan(keptAlive, waiting, now)) {
            scoreboard.traffic(connection.slot()).endKeepAlive(connection.requests());
        }
    }

    /** The number of requests is read first: if another one comes meanwhile, the order is about a wait that is over. */
    private Optional<KeptAlive> keptAlive(int slot) {
        Traffic traffic = scoreboard.traffic(slot);
        long requests = traffic.requests();
        return traffic.activity() == Activity.KEEP_ALIVE && !traffic.isToEndKeepAlive()
                ? Optional.of(new KeptAlive(slot, requests, traffic.since()))
                : Optional.empty();
    }
}
