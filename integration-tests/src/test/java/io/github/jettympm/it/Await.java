package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What no call returns and no line of a log says, and so has to be asked for. */
final class Await {
    private static final long DEADLINE = 120; // seconds

    private Await() {}

    /** Asks until something is so. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(() -> what, condition);
    }

    /** @param what says, when it never was so, what it was last */
    static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE);
        var happened = condition.call();
        while (!happened && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            happened = condition.call();
        }
        assertTrue(happened, what);
    }
}
