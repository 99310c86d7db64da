package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSettings;
import java.util.List;

/** Kills children that take too long to become ready, or to end. */
final class Lateness {
    private final PoolSettings settings;

    Lateness(PoolSettings settings) {
        this.settings = settings;
    }

    /**
     * Kills those that are too late.
     *
     * @return a message for each that was not ready in time; of the others the log says it already
     */
    List<String> kill(Children children, long now) {
        children.killUndrained(now);
        return children.all().stream()
                .filter(child -> child.takeOverdue(settings.startTimeout(), now))
                .map(this::kill)
                .toList();
    }

    private String kill(ChildHandle child) {
        String late = "was not ready within " + settings.startTimeout().toMillis() + " ms";
        String remedy = "; raise " + settings.prefix() + ".startTimeout if the applications need longer to start";
        child.kill("it " + late + remedy);
        return child + " " + late + " and is killed" + remedy;
    }
}
