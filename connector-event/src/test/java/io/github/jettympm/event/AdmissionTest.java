package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final RequestWorkers workers = new RequestWorkers(1, () -> {});
    private final Admission admission = new Admission(new AdmissionGate(1, 1), workers);

    private static final List<Runnable> CLOSING = new ArrayList<>();

    private record Connection(boolean isBetweenRequests, long getIdleFor) implements Admission.Idle {
        @Override
        public void closeIfIdle(Runnable decided) {
            CLOSING.add(decided);
        }
    }

    @AfterEach
    void forget() {
        CLOSING.clear();
    }

    @Test
    void onlyOneIsAtTheDoorAtATime() {
        admission.makeRoom(Stream.of(new Connection(true, 500), new Connection(true, 400)));
        admission.makeRoom(Stream.of(new Connection(true, 400)));
        assertEquals(1, CLOSING.size());

        CLOSING.get(0).run();
        admission.makeRoom(Stream.of(new Connection(true, 400)));

        assertEquals(2, CLOSING.size());
    }

    @Test
    void closedConnectionMakesRoom() {
        admission.opened();
        admission.opened();
        assertFalse(admission.hasRoom());

        admission.closed();

        assertTrue(admission.hasRoom());
    }

    @Test
    void theOneThatHasWaitedLongestForItsNextRequestGoes() {
        Connection busy = new Connection(false, 9_000);
        Connection oldest = new Connection(true, 500);
        Connection younger = new Connection(true, 400);

        assertEquals(Optional.of(oldest), admission.oldest(Stream.of(busy, younger, oldest)));
    }

    @Test
    void nobodyGoesWhenAllAreBusy() {
        assertEquals(Optional.empty(), admission.oldest(Stream.of(new Connection(false, 9_000))));
    }

    @Test
    void nobodyGoesWhenThatWouldMakeNoRoom() {
        workers.tryBegin(() -> {});

        assertEquals(Optional.empty(), admission.oldest(Stream.of(new Connection(true, 500))));
    }
}
