package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTimesTest {
    private static final String STAT = "17 (a ) b) S 1 17 17 0 -1 4194560 100 0 0 0 250 13 0 0 20 0 5 0 999 1 2 3";

    @Test
    void nameMayHaveBracketsAndBlanks() {
        ProcessTimes times = ProcessTimes.parse(STAT, List.of("VmPeak:\t  9 kB", "VmRSS:\t    2048 kB"));

        assertEquals(new ProcessTimes(Duration.ofMillis(2_500), Duration.ofMillis(130), 2048 * 1024), times);
    }

    @Test
    void kernelThreadHasNoMemory() {
        assertEquals(-1, ProcessTimes.parse(STAT, List.of("Name: x")).residentBytes());
    }

    @Test
    void shortLineSaysNothing() {
        assertEquals(Duration.ZERO, ProcessTimes.parse("17 (a) S 1", List.of()).user());
        assertEquals(Duration.ZERO, ProcessTimes.parse("", List.of()).user());
    }

    @Test
    void thisProcessHasMemory() {
        assertTrue(ProcessTimes.of(ProcessHandle.current().pid()).residentBytes() > 0);
    }

    @Test
    void processThatThereIsNotHasNone() {
        assertEquals(new ProcessTimes(Duration.ZERO, Duration.ZERO, -1), ProcessTimes.of(-5));
        assertEquals(-1, ProcessTimes.of(Long.MAX_VALUE).residentBytes());
    }
}
