package io.github.jettympm.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void everythingIsMeasuredByDefault() {
        Options options = Options.of();

        assertTrue(options.wants("one"));
        assertTrue(options.wantsSubject("helidon"));
        assertTrue(options.wantsSubject("core worker"));
        assertEquals(5, options.rounds());
    }

    @Test
    void stockIsAlwaysThereToCompareWith() {
        Options options = Options.of("--connector", "event", "--peers", "none");

        assertTrue(options.wantsSubject("stock again"));
        assertTrue(options.wantsSubject("core event"));
        assertFalse(options.wantsSubject("worker virtual"));
        assertFalse(options.wantsSubject("nginx"));
    }

    @Test
    void shortTakesTheMainPeers() {
        Options options = Options.of("--short");

        assertTrue(options.wantsSubject("tomcat"));
        assertFalse(options.wantsSubject("helidon"));
        assertEquals(3, options.rounds());
    }

    @Test
    void workloadsAreNamed() {
        Options options = Options.of("--workload", "one,c64");

        assertTrue(options.wants("c64"));
        assertFalse(options.wants("c512"));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Options.of("--rounds", "0").rounds());
        assertThrows(
                IllegalArgumentException.class,
                () -> Options.of("--seconds", "x").seconds());
        assertThrows(IllegalArgumentException.class, () -> Options.of("--nonsense"));
        assertThrows(IllegalArgumentException.class, () -> Options.of("--rounds"));
    }
}
