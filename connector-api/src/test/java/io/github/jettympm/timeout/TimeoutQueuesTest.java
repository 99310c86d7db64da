package io.github.jettympm.timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutQueuesTest {
    private static final long START = Long.MAX_VALUE - 50; // nanoTime may overflow at any time

    private final TimeoutQueues<String> queues = new TimeoutQueues<>();

    private TimeoutQueues.Entry<String> entry(String owner, long delay, long now) {
        var entry = new TimeoutQueues.Entry<>(owner);
        queues.await(entry, delay, START + now);
        return entry;
    }

    private List<String> due(long now) {
        List<String> due = new ArrayList<>();
        queues.takeDue(START + now, due::add);
        return due;
    }

    @Test
    void nothingIsDueAtFirst() {
        assertEquals(List.of(), due(0));
        assertEquals(Long.MAX_VALUE, queues.nextDelay(START));
    }

    @Test
    void entriesAreDueInTheirOrderAndOnce() {
        entry("a", 100, 5);
        entry("b", 100, 10);
        entry("c", 100, 20);

        assertEquals(List.of(), due(108)); // 100 is rounded up to 104
        assertEquals(List.of("a", "b"), due(114));
        assertEquals(List.of("c"), due(124));
        assertEquals(List.of(), due(10_000));
    }

    @Test
    void delaysDoNotHoldEachOtherUp() {
        entry("long", 1024, 0);
        entry("short", 16, 0);

        assertEquals(16, queues.nextDelay(START));
        assertEquals(List.of("short"), due(16));
        assertEquals(1024 - 16, queues.nextDelay(START + 16));
        assertEquals(List.of("long"), due(1024));
    }

    @Test
    void laterWishLeavesAnEntryWhereItIs() {
        var entry = entry("a", 16, 0);

        queues.await(entry, 16, START + 10);

        assertEquals(List.of("a"), due(16));
    }

    @Test
    void earlierWishMovesAnEntry() {
        var entry = entry("a", 1024, 0);

        queues.await(entry, 16, START + 10);

        assertEquals(List.of("a"), due(26));
        assertEquals(List.of(), due(1024));
    }

    @Test
    void removedEntryIsNotDueAndMayComeBack() {
        var entry = entry("a", 16, 0);
        entry("b", 16, 0);

        queues.remove(entry);
        queues.remove(entry);
        assertEquals(List.of("b"), due(100));
        queues.await(entry, 16, START + 100);

        assertEquals(List.of("a"), due(116));
    }

    @Test
    void ownerMayPutItselfBack() {
        var entry = entry("a", 16, 0);
        List<String> due = new ArrayList<>();

        queues.takeDue(START + 16, owner -> {
            due.add(owner);
            queues.await(entry, 16, START + 16);
        });

        assertEquals(List.of("a"), due);
        assertEquals(List.of("a"), due(32));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 1_000, 30_000_000_000L, Long.MAX_VALUE / 4})
    void delayIsRoundedUpByAnEighthAtTheMost(long delay) {
        long rounded = TimeoutQueues.roundUp(delay);

        assertTrue(rounded >= delay, () -> rounded + " for " + delay);
        assertTrue(rounded - delay <= delay / 8, () -> rounded + " for " + delay);
    }

    @Test
    void noneIsEarlyAndNoneIsForgotten() {
        Random random = new Random(1);
        long[] dues = new long[1_000];
        for (int i = 0; i < dues.length; i++) {
            long delay = random.nextInt(10_000);
            long now = random.nextInt(20) + i * 20L;
            dues[i] = now + delay;
            entry(Integer.toString(i), delay, now);
        }

        List<String> seen = new ArrayList<>();
        for (long now = 0; now < 50_000; now += 50) {
            for (String owner : due(now)) {
                assertTrue(dues[Integer.parseInt(owner)] <= now, "too early: " + owner);
                seen.add(owner);
            }
        }

        assertEquals(dues.length, seen.size());
        assertEquals(Long.MAX_VALUE, queues.nextDelay(START + 50_000));
    }
}
