package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ChildNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private final ChildLauncher first = new NoLauncher();
    private final ChildLauncher second = new NoLauncher();
    private final Generations generations = new Generations(first);
    private final List<ChildLauncher> asked = new ArrayList<>();
    private ChildHandle pilot;

    @BeforeEach
    void startPilot() throws IOException {
        pilot = new ChildHandle(ChildNames.of("child", 0, 1), 3, 2, new ProcessBuilder("true").start(), 0);
    }

    private void begin() {
        generations.beginIfWanted(asked::add);
    }

    @Test
    void nothingBeginsUnlessItIsWanted() {
        begin();

        assertEquals(List.of(), asked);
        assertEquals(1, generations.current());
        assertSame(first, generations.launcher());
    }

    @Test
    void nextGenerationServesWhenItsPilotIsReady() throws Exception {
        CompletableFuture<Integer> done = generations.want();
        begin();
        assertEquals(List.of(first), asked);
        assertFalse(generations.needsPilot());

        generations.read(second);
        assertTrue(generations.needsPilot());
        generations.booting(pilot);
        assertFalse(generations.needsPilot());
        assertTrue(generations.isPilot(pilot));
        assertEquals(1, generations.current());
        assertSame(first, generations.launcher());
        generations.succeeded();

        assertEquals(2, done.get());
        assertEquals(2, generations.current());
        assertSame(second, generations.launcher());
        assertFalse(generations.isPilot(pilot));
    }

    @Test
    void failureLeavesEverythingAsItWas() {
        CompletableFuture<Integer> done = generations.want();
        begin();
        generations.read(second);
        generations.booting(pilot);

        generations.failed("a reason");

        assertEquals(
                "a reason",
                assertThrows(ExecutionException.class, done::get).getCause().getMessage());
        assertEquals(1, generations.current());
        assertSame(first, generations.launcher());
        assertFalse(generations.needsPilot());
        assertFalse(generations.isPilot(pilot));
    }

    @Test
    void whatIsWantedMeanwhileBeginsAfterwards() {
        CompletableFuture<Integer> one = generations.want();
        begin();
        CompletableFuture<Integer> two = generations.want();
        begin();
        assertNotSame(one, two);
        assertSame(two, generations.want());
        assertEquals(1, asked.size());

        generations.failed("a reason");
        begin();

        assertEquals(2, asked.size());
        assertFalse(two.isDone());
    }

    @Test
    void nobodyWaitsForOneThatIsStopped() {
        CompletableFuture<Integer> one = generations.want();
        begin();
        CompletableFuture<Integer> two = generations.want();

        generations.stop();

        assertTrue(one.isCompletedExceptionally());
        assertTrue(two.isCompletedExceptionally());
    }

    private static final class NoLauncher implements ChildLauncher {
        @Override
        public Process launch(int slot, int generation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void clear(int slot) {
            throw new UnsupportedOperationException();
        }
    }
}
