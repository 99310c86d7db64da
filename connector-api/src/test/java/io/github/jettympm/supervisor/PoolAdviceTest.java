package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.SpareServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolAdviceTest {
    private static final long MB = 1024 * 1024;
    private static final ChildMemory MACHINE = new ChildMemory(8_000 * MB, 512 * MB, 1, 0);

    private static List<String> advice(ProcessManagement pm, int min, int max, int workers) {
        return advice(MACHINE, pm, min, max, workers);
    }

    private static List<String> advice(ChildMemory memory, ProcessManagement pm, int min, int max, int workers) {
        var spares = new SpareServers(-1, min, max, SpareServers.DEFAULTS.idleTimeout());
        var size = new PoolSize("jetty.prefork", pm, spares, workers, -1);
        return PoolAdvice.of(size, size.resolve(memory.children()), memory);
    }

    /** Second of two connectors with children. */
    private static ChildMemory second(int childrenOfTheFirst) {
        return new ChildMemory(8_000 * MB, 512 * MB, 2, MACHINE.taken(childrenOfTheFirst));
    }

    @ParameterizedTest
    @CsvSource({"-1, -1, -1", "-1, -1, 5", "2, 4, 8", "-1, -1, 1", "1, 1, 1"})
    void ordinarySettingsNeedNone(int min, int max, int workers) {
        assertEquals(List.of(), advice(ProcessManagement.DYNAMIC, min, max, workers));
    }

    @Test
    void sparesThatCannotBeKeptAreNamed() {
        assertEquals(
                List.of(
                        "jetty.prefork.minSpareServers=4 cannot be kept: as soon as one of at most 4 children is busy, fewer"
                                + " are idle and none may be added; lower it, or raise jetty.prefork.maxRequestWorkers"),
                advice(ProcessManagement.DYNAMIC, 4, -1, 4));
    }

    @Test
    void sparesWithoutPlayStartAndEndAVirtualMachineEachTime() {
        List<String> advice = advice(ProcessManagement.DYNAMIC, 3, 3, 8);

        assertEquals(1, advice.size());
        assertTrue(advice.get(0).startsWith("jetty.prefork.minSpareServers=3 is jetty.prefork.maxSpareServers, too"));
        assertTrue(advice.get(0).endsWith("set maxSpareServers to 6 or so"));
    }

    @Test
    void sparesOfAFixedPoolHaveNoEffect() {
        assertEquals(
                List.of(
                        "jetty.prefork.minSpareServers=2 has no effect with jetty.prefork.pm=ondemand; it belongs to dynamic",
                        "jetty.prefork.maxSpareServers=4 has no effect with jetty.prefork.pm=ondemand; it belongs to dynamic"),
                advice(ProcessManagement.ONDEMAND, 2, 4, 8));
    }

    @Test
    void childrenToBeginWithHaveNoEffectOnDemand() {
        var size = new PoolSize(
                "jetty.prefork",
                ProcessManagement.ONDEMAND,
                new SpareServers(3, -1, -1, SpareServers.DEFAULTS.idleTimeout()),
                8,
                -1);

        assertEquals(
                List.of("jetty.prefork.startServers=3 has no effect with jetty.prefork.pm=ondemand: one starts, and the"
                        + " others when connections wait"),
                PoolAdvice.of(size, size.resolve(MACHINE.children()), MACHINE));
    }

    @Test
    void childrenThatHaveNoRoomAreCounted() {
        assertEquals(
                List.of(
                        "40 children of up to 640 MB each, 512 MB of them heap, may take 25600 MB, but there are 8000 MB of"
                                + " memory, room for 9 and the rest of the system; lower jetty.prefork.maxRequestWorkers or the"
                                + " heap of a child (jetty.prefork.jvmArgs=-Xmx...)"),
                advice(ProcessManagement.DYNAMIC, -1, -1, 40));
    }

    @Test
    void childrenOfOtherConnectorsNeedRoomAsWell() {
        assertEquals(List.of(), advice(second(4), ProcessManagement.DYNAMIC, -1, -1, 8));
        assertEquals(
                List.of("8 children of up to 640 MB each, 512 MB of them heap, may take 5120 MB, and those of the other"
                        + " connectors 3200 MB, but there are 8000 MB of memory, room for 9 in all 2 connectors with"
                        + " children and the rest of the system; lower jetty.prefork.maxRequestWorkers, the number of the"
                        + " others or the heap of a child (jetty.prefork.jvmArgs=-Xmx...)"),
                advice(second(5), ProcessManagement.DYNAMIC, -1, -1, 8));
    }

    @Test
    void asManyAsMemoryAllowsAreTooManyBesideAConnectorWithTooMany() {
        assertEquals(List.of(), advice(second(4), ProcessManagement.DYNAMIC, -1, -1, -1));
        assertEquals(
                1, advice(second(12), ProcessManagement.DYNAMIC, -1, -1, -1).size());
    }
}
