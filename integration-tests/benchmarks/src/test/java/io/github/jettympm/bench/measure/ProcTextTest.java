package io.github.jettympm.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProcTextTest {
    @Test
    void ticksAreCountedFromTheEndOfTheName() {
        String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194304 100 0 0 0 321 54 0 0 20 0 30 0 123456 0 0";

        assertEquals(321 + 54, ProcText.ticks(stat));
    }

    @Test
    void ageIsWhatTheSystemIsOlderThanTheStart() {
        String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194304 100 0 0 0 321 54 0 0 20 0 30 0 123456 0 0";

        assertEquals(0.44, ProcText.age(stat, "1235.00 2000.00\n"), 1e-6);
    }

    @Test
    void numberIsThatOfTheLineThatBeginsWithTheKey() {
        String status = "Name:\tjava\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n";

        assertEquals(12, ProcText.number(status, "voluntary_ctxt_switches:"));
        assertEquals(3, ProcText.number(status, "nonvoluntary_ctxt_switches:"));
    }

    @Test
    void memoryIsReadWithItsUnitLeftOut() {
        assertEquals(1_234, ProcText.number("Rss:   5678 kB\nPss:   1234 kB\nPss_Anon: 9 kB\n", "Pss:"));
    }

    @Test
    void whatIsNotThereIsZero() {
        assertEquals(0, ProcText.number("", "Pss:"));
    }
}
