package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestWorkersTest {
    private final List<String> told = new ArrayList<>();

    private RequestWorkers workers(int most) {
        return new RequestWorkers(most, () -> told.add("idle"));
    }

    private RequestWorkers.Waiting loop(String name) {
        return () -> told.add(name);
    }

    @Test
    void asManyAsThereArePlacesBegin() {
        RequestWorkers workers = workers(2);

        assertTrue(workers.tryBegin(loop("a")));
        assertTrue(workers.tryBegin(loop("b")));
        assertFalse(workers.tryBegin(loop("c")));
        assertEquals(0, workers.idle());
    }

    @Test
    void whoeverWaitsLongestIsToldOfAFreePlace() {
        RequestWorkers workers = workers(1);
        workers.tryBegin(loop("a"));
        workers.tryBegin(loop("b"));
        workers.tryBegin(loop("c"));

        workers.end();

        assertEquals(List.of("b"), told);
        assertTrue(workers.tryBegin(loop("b")));
    }

    @Test
    void placeThatNobodyWaitsForIsReported() {
        RequestWorkers workers = workers(1);
        workers.tryBegin(loop("a"));

        workers.end();

        assertEquals(List.of("idle"), told);
        assertEquals(1, workers.idle());
    }

    @Test
    void withNoBoundEverybodyBegins() {
        RequestWorkers workers = workers(0);

        for (int i = 0; i < 1_000; i++) {
            assertTrue(workers.tryBegin(loop("a")));
        }
        workers.end();

        assertEquals(List.of(), told);
    }

    @Test
    void whoeverCountsHearsOfEveryChange() {
        List<Integer> idle = new ArrayList<>();
        RequestWorkers workers = new RequestWorkers(2, () -> {}, idle::add);

        workers.tryBegin(loop("a"));
        workers.tryBegin(loop("b"));
        workers.tryBegin(loop("c"));
        workers.end();

        assertEquals(List.of(1, 0, 1), idle);
    }

    @Test
    void whoeverCountsIsToldTheRightNumberLast() {
        List<Integer> idle = new ArrayList<>();
        List<RequestWorkers> self = new ArrayList<>();
        RequestWorkers workers = new RequestWorkers(2, () -> {}, number -> {
            if (idle.isEmpty()) {
                idle.add(-1);
                self.get(0).tryBegin(loop("another thread"));
            }
            idle.add(number);
        });
        self.add(workers);

        workers.tryBegin(loop("a"));

        assertEquals(0, idle.get(idle.size() - 1));
    }
}
