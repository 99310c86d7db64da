package io.github.jettympm.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    @Test
    void heartbeatThatIsStuckIsNotAlive() {
        Watchdog watchdog = new Watchdog(Duration.ofSeconds(30));

        assertEquals(Duration.ofSeconds(15), watchdog.period());
        assertTrue(watchdog.allows(Duration.ofSeconds(15)));
        assertFalse(watchdog.allows(Duration.ofMillis(15_001)));
    }

    @Test
    void shortTimeoutLeavesTimeForABeat() {
        Watchdog watchdog = new Watchdog(Duration.ofSeconds(2));

        assertEquals(Duration.ofSeconds(1), watchdog.period());
        assertTrue(watchdog.allows(Duration.ofSeconds(5)));
        assertFalse(watchdog.allows(Duration.ofMillis(5_001)));
    }
}
