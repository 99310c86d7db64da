package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.contract.Site;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(8)
class WatcherTest {
    private final Watcher watcher = new Watcher("test-watch");
    private final Semaphore looks = new Semaphore(0);
    private volatile boolean active;

    @AfterEach
    void stop() throws InterruptedException {
        watcher.stop();
    }

    private boolean look() {
        looks.release();
        return active;
    }

    @Test
    void fallsAsleepWhenNothingHappens() {
        watcher.watch(this::look);
        watcher.start();
        watcher.wake();

        Site.await("still awake", () -> !watcher.isTicking());
        assertTrue(looks.availablePermits() >= Watcher.QUIET_TICKS);
    }

    @Test
    void looksAgainWhenItIsWoken() throws InterruptedException {
        watcher.watch(this::look);
        watcher.start();
        watcher.wake();
        Site.await("still awake", () -> !watcher.isTicking());
        looks.drainPermits();

        watcher.wake();

        looks.acquire(Watcher.QUIET_TICKS);
    }

    @Test
    void staysAwakeWhileSomethingHappens() throws InterruptedException {
        active = true;
        watcher.watch(this::look);
        watcher.start();
        watcher.wake();

        looks.acquire(3 * Watcher.QUIET_TICKS);

        assertTrue(watcher.isTicking());
    }

    @Test
    void doesNotFallAsleepIfSomethingHasJustBegun() throws InterruptedException {
        watcher.watch(() -> {
            looks.release();
            return !watcher.isTicking(); // seen by the last look only, the one after it has said that it sleeps
        });
        watcher.start();
        watcher.wake();

        looks.acquire(3 * Watcher.QUIET_TICKS);
    }

    @Test
    void oneThatFailsDoesNotKeepItFromTheOthers() throws InterruptedException {
        watcher.watch(() -> {
            throw new IllegalStateException("on purpose");
        });
        watcher.watch(this::look);
        watcher.start();
        watcher.wake();

        looks.acquire(2);
    }

    @Test
    void endsWhileItSleeps() throws InterruptedException {
        watcher.start();
        Site.await("still awake", () -> !watcher.isTicking());

        watcher.stop();

        assertFalse(watcher.isTicking());
    }
}
