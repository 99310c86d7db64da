package io.github.jettympm.systemd;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Service managers for tests of other packages. */
public final class ServiceManagers {
    private ServiceManagers() {}

    /**
     * Makes one.
     *
     * @param messages gets what it is told
     * @param watchdog within which time it wants to hear of the process
     * @return the manager
     */
    public static ServiceManager sendingTo(Consumer<String> messages, Optional<Duration> watchdog) {
        return new ServiceManager(messages::accept, watchdog);
    }
}
