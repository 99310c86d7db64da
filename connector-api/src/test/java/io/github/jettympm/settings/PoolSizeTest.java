package io.github.jettympm.settings;

import static io.github.jettympm.settings.ProcessManagement.DYNAMIC;
import static io.github.jettympm.settings.ProcessManagement.ONDEMAND;
import static io.github.jettympm.settings.ProcessManagement.STATIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSizeTest {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static PoolSize size(ProcessManagement pm, int start, int min, int max, int workers, int limit) {
        return new PoolSize("p", pm, new SpareServers(start, min, max, IDLE), workers, limit);
    }

    /** As {@code start/min/max/workers/limit}. */
    private static String numbers(PoolSize size) {
        SpareServers spares = size.spares();
        return spares.start() + "/" + spares.min() + "/" + spares.max() + "/" + size.maxRequestWorkers() + "/"
                + size.serverLimit();
    }

    private static String refusal(int start, int min, int max, int workers, int limit) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> size(DYNAMIC, start, min, max, workers, limit).resolve(20))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "-1,-1,-1,-1,-1, 5/5/10/20/25", // httpd's, and memory for 20
        "-1,-1,-1,3,-1, 3/3/3/3/4",
        "-1,-1,-1,1,-1, 1/1/1/1/2",
        "-1,-1,3,-1,-1, 5/3/3/20/25",
        "-1,12,-1,-1,-1, 5/12/12/20/25",
        "2,3,4,50,60, 2/3/4/50/60",
        "-1,-1,-1,-1,11, 5/5/10/10/11",
    })
    void defaultsFitTheNumbersThatAreSet(int start, int min, int max, int workers, int limit, String resolved) {
        assertEquals(
                resolved, numbers(size(DYNAMIC, start, min, max, workers, limit).resolve(20)));
        assertEquals(
                resolved,
                numbers(size(ONDEMAND, start, min, max, workers, limit).resolve(20)));
    }

    @ParameterizedTest
    @CsvSource({"8,-1, 8/5/8/8/10", "1,-1, 1/1/1/1/2", "-1,-1, 5/5/5/5/6", "-1,3, 3/3/3/3/4", "8,20, 8/5/8/8/10"})
    void staticPoolHasAsManyAsItBeginsWith(int start, int workers, String resolved) {
        assertEquals(resolved, numbers(size(STATIC, start, -1, -1, workers, -1).resolve(1)));
    }

    @Test
    void severalMayServeUnlessANumberSaysOne() {
        assertTrue(size(DYNAMIC, -1, -1, -1, -1, -1).mayBeSeveral());
        assertTrue(size(DYNAMIC, 1, -1, -1, -1, -1).mayBeSeveral());
        assertTrue(size(STATIC, -1, -1, -1, -1, -1).mayBeSeveral());
        assertFalse(size(DYNAMIC, -1, -1, -1, 1, -1).mayBeSeveral());
        assertFalse(size(STATIC, 1, -1, -1, -1, -1).mayBeSeveral());
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        assertEquals("p.startServers=4 is out of range: use 1 to 3", refusal(4, -1, -1, 3, -1));
        assertEquals("p.startServers=21 is out of range: use 1 to 20", refusal(21, -1, -1, -1, -1));
        assertEquals("p.minSpareServers=0 is out of range: use 1 to 1000", refusal(-1, 0, -1, -1, -1));
        assertEquals("p.maxSpareServers=3 is out of range: use 4 to 1000", refusal(-1, 4, 3, -1, -1));
        assertEquals("p.maxRequestWorkers=1001 is out of range: use 1 to 1000", refusal(-1, -1, -1, 1001, -1));
        assertEquals("p.maxRequestWorkers=0 is out of range: use 1 to 1000", refusal(-1, -1, -1, 0, -1));
        assertEquals("p.serverLimit=10 is out of range: use 11 to 2000", refusal(-1, -1, -1, 10, 10));
        assertEquals("p.serverLimit=7 is out of range: use 8 to 2000", refusal(7, -1, -1, -1, 7));
    }

    @Test
    void sizeIsSaidInWords() {
        assertEquals("always 3", size(STATIC, 3, -1, -1, -1, -1).resolve(1).toString());
        assertEquals(
                "5 to begin with, 5 to 10 idle, at most 20",
                size(DYNAMIC, -1, -1, -1, -1, -1).resolve(20).toString());
        assertEquals(
                "on demand, at most 20",
                size(ONDEMAND, -1, -1, -1, -1, -1).resolve(20).toString());
    }

    @Test
    void memoryDecidesUnlessANumberIsSet() {
        assertTrue(size(DYNAMIC, -1, -1, -1, -1, -1).isByMemory());
        assertFalse(size(DYNAMIC, -1, -1, -1, 3, -1).isByMemory());
        assertFalse(size(STATIC, -1, -1, -1, -1, -1).isByMemory());
    }

    private static PoolSize threads(int start, int perChild, int min, int max, int workers, int limit) {
        return PoolSize.ofThreads("p", start, new SpareThreads(perChild, min, max), workers, limit);
    }

    @ParameterizedTest
    @CsvSource({
        "3,25,-1,-1,0,-1, 3/75/250/16/20", // httpd's, and memory for 20 children
        "1,400,-1,-1,0,-1, 1/75/475/16/20",
        "1,5,-1,-1,10,-1, 1/10/250/2/3",
        "1,2,1,3,4,-1, 1/1/3/2/3",
        "1,25,-1,50,0,-1, 1/25/50/16/20",
        "1,25,-1,-1,0,9, 1/75/250/8/9",
    })
    void defaultsOfThreadsFitTheNumbersThatAreSet(
            int start, int perChild, int min, int max, int workers, int limit, String resolved) {
        PoolSize size = threads(start, perChild, min, max, workers, limit).resolve(20);

        assertEquals(
                resolved,
                size.spares().start() + "/" + size.minSpare() + "/" + size.maxSpare() + "/" + size.maxRequestWorkers()
                        + "/" + size.serverLimit());
        assertEquals(perChild, size.threadsPerChild());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,0,-1,-1,0,-1; p.threadsPerChild=0 is out of range: use 1 to 20000",
                "1,25,-1,-1,24,-1; p.maxRequestWorkers=24 is out of range: use 25 to 25000",
                "1,25,-1,-1,60,-1; p.maxRequestWorkers=60 is no multiple of p.threadsPerChild=25",
                "1,25,51,-1,50,-1; p.minSpareThreads=51 is out of range: use 1 to 50",
                "1,25,10,34,50,-1; p.maxSpareThreads=34 is out of range: use 35 to 2147483647",
                "3,25,-1,-1,50,-1; p.startServers=3 is out of range: use 1 to 2",
                "1,25,-1,-1,50,2; p.serverLimit=2 is out of range: use 3 to 2000",
            })
    void numbersOfThreadsThatDoNotFitAreRefused(String numbers, String message) {
        int[] n = Stream.of(numbers.split(",")).mapToInt(Integer::parseInt).toArray();

        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> threads(n[0], n[1], n[2], n[3], n[4], n[5])
                                        .resolve(20))
                        .getMessage());
    }

    @Test
    void sizeInThreadsIsSaidInWords() {
        PoolSize size = threads(3, 25, -1, -1, 0, -1);

        assertEquals(
                "3 to begin with, 75 to 250 threads idle, at most 4 of 25 threads each",
                size.resolve(4).toString());
        assertTrue(size.isByMemory());
        assertTrue(size.mayBeSeveral());
    }

    @Test
    void nameIsFoundWhateverItsCase() {
        assertEquals(ONDEMAND, ProcessManagement.parse("p.pm", " OnDemand "));
        assertEquals(
                "p.pm=forked is not known: use dynamic, static, ondemand",
                assertThrows(IllegalArgumentException.class, () -> ProcessManagement.parse("p.pm", "forked"))
                        .getMessage());
    }
}
