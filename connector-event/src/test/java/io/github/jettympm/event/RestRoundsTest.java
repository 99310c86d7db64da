package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RestRoundsTest {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(400);

    private final RestRounds rounds = new RestRounds(0);
    private int looks;
    private boolean awake;

    private final class Waiting implements EventLoop.Selected {
        @Override
        public Runnable onSelected() {
            throw new AssertionError("nothing is selected here");
        }

        @Override
        public boolean rest() {
            looks++;
            return awake;
        }

        @Override
        public void onSelectedFailed(RuntimeException cause) {
            throw cause;
        }
    }

    private static final class Key extends SelectionKey {
        @Override
        public SelectableChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Selector selector() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int interestOps() {
            return 0;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int readyOps() {
            return 0;
        }
    }

    private Set<SelectionKey> keys(int count) {
        Set<SelectionKey> keys = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            Key key = new Key();
            key.attach(new Waiting());
            keys.add(key);
        }
        return keys;
    }

    @Test
    void nobodyIsLookedAtAsLongAsNothingComes() {
        rounds.goOn(10 * PAUSE, keys(3));

        assertEquals(0, looks);
        assertTrue(rounds.longestSleep() > 1_000 * PAUSE);
    }

    @Test
    void whenSomethingHasComeAllAreLookedAtAfterAPause() {
        rounds.stir();
        assertEquals(PAUSE, rounds.longestSleep());

        rounds.goOn(PAUSE - 1, keys(3));
        assertEquals(0, looks);
        rounds.goOn(PAUSE, keys(3));

        assertEquals(3, looks);
        assertTrue(rounds.longestSleep() > 1_000 * PAUSE);
    }

    @Test
    void aRoundGoesOnUntilAllRest() {
        rounds.stir();
        awake = true;

        rounds.goOn(PAUSE, keys(3));
        assertEquals(PAUSE, rounds.longestSleep());
        rounds.goOn(2 * PAUSE - 1, keys(3));
        assertEquals(3, looks);
        awake = false;
        rounds.goOn(2 * PAUSE, keys(3));
        rounds.goOn(3 * PAUSE, keys(3));

        assertEquals(6, looks);
    }

    @Test
    void aLongRoundIsDoneInParts() {
        Set<SelectionKey> many = keys(600);
        rounds.stir();

        rounds.goOn(PAUSE, many);
        assertEquals(256, looks);
        assertTrue(rounds.isUnderWay());
        rounds.goOn(PAUSE, many);
        rounds.goOn(PAUSE, many);

        assertEquals(600, looks);
        assertFalse(rounds.isUnderWay());
    }
}
