package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.Traffic;
import java.util.List;

/** Tells children when connections wait and none of them is idle, and which of them are to end one that is kept alive. */
final class Pressure {
    private final Scoreboard scoreboard;
    private final KeepAlivePressure decider = new KeepAlivePressure();

    Pressure(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
    }

    void tell(List<ChildHandle> children, int waiting, long now) {
        scoreboard.pressure(waiting > 0);
        if (waiting == 0) {
            return;
        }
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
