package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.RecycleSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BEGINNING = Duration.ofSeconds(10);

    private static Expiry draw(long connections, Duration time, long rss, int jitter, double random) {
        return Expiry.draw(new RecycleSettings("p", connections, time, rss, jitter, 1), () -> random);
    }

    @Test
    void limitsAreLessByUpToTheJitter() {
        assertEquals(new Expiry(1000, HOUR, 500), draw(1000, HOUR, 500, 10, 0));
        assertEquals(new Expiry(950, Duration.ofMinutes(57), 475), draw(1000, HOUR, 500, 10, 0.5));
        assertEquals(new Expiry(900, Duration.ofMinutes(54), 450), draw(1000, HOUR, 500, 10, 1));
        assertEquals(new Expiry(1000, HOUR, 500), draw(1000, HOUR, 500, 0, 1));
    }

    @Test
    void noLimitStaysNoneAndALimitOne() {
        assertEquals(new Expiry(0, Duration.ZERO, 0), draw(0, Duration.ZERO, 0, 50, 1));
        assertEquals(new Expiry(1, Duration.ofMillis(1), 1), draw(1, Duration.ofMillis(1), 1, 90, 1));
    }

    @Test
    void withoutLimitsAChildServesForEver() {
        Expiry never = Expiry.draw(RecycleSettings.defaults("p"), () -> 1);

        assertEquals(Optional.empty(), never.reason(Long.MAX_VALUE, Duration.ofDays(9999), Long.MAX_VALUE));
    }

    @Test
    void eachLimitIsAReason() {
        Expiry expiry = new Expiry(100, HOUR, 500);

        assertEquals(Optional.empty(), expiry.reason(99, HOUR.minusNanos(1), 499));
        assertEquals(
                "100 connections, limit 100",
                expiry.reason(100, HOUR, 500).orElseThrow().words());
        assertEquals(
                "3600 s, limit 3600", expiry.reason(99, HOUR, 500).orElseThrow().words());
        assertEquals(
                "501 MB of resident memory, limit 500",
                expiry.reason(0, BEGINNING, 501).orElseThrow().words());
    }

    @Test
    void whatAChildNeedsInTheBeginningIsNoLeak() {
        Expiry expiry = new Expiry(0, Duration.ZERO, 500);
        Duration early = BEGINNING.minusNanos(1);

        assertEquals(Optional.empty(), expiry.reason(0, early, 501));
        assertEquals(
                Optional.of("501 MB of resident memory 9 s after it was ready, and its limit is 500"),
                expiry.tooLargeAtFirst(early, 501));
        assertEquals(Optional.empty(), expiry.tooLargeAtFirst(early, 499));
        assertEquals(Optional.empty(), expiry.tooLargeAtFirst(BEGINNING, 501));
        assertEquals(Optional.empty(), new Expiry(1, HOUR, 0).tooLargeAtFirst(early, 501));
    }

    @Test
    void residentMemoryIsRead() {
        assertEquals(97, ProcessMemory.parse(List.of("Name:\tjava", "VmHWM:\t  200000 kB", "VmRSS:\t  100000 kB")));
        assertEquals(0, ProcessMemory.parse(List.of("Name:\tkthreadd")));
        assertTrue(ProcessMemory.residentMegabytes(ProcessHandle.current().pid()) > 10);
        assertEquals(0, ProcessMemory.residentMegabytes(0));
    }
}
