package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildMemoryTest {
    private static final long MB = 1024 * 1024;

    private static int children(long memory, long heap, int pools) {
        return new ChildMemory(memory * MB, heap * MB, pools, 0).children();
    }

    @Test
    void threeQuartersOfMemoryAreDividedByWhatAChildMayTake() {
        assertEquals(9, children(8 * 1024, 512, 1));
        assertEquals(28, children(24_105, 512, 1));
        assertEquals(4, children(2048, 256, 1));
    }

    @Test
    void poolsShareIt() {
        assertEquals(4, children(8 * 1024, 512, 2));
    }

    @Test
    void oneChildThereIsAtTheLeast() {
        assertEquals(1, children(256, 512, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "java -Xmx512m Main, 512",
        "java -Xmx2g -Xmx64M Main, 64",
        "java -XX:MaxHeapSize=1048576k Main, 1024",
        "java -Xmx67108864 Main, 64",
        "java -XX:MaxRAMPercentage=50 Main, 500",
        "java -XX:MaxRAMPercentage=12.5 Main, 125",
        "java -XX:MaxRAMPercentage=50 -Xmx64m Main, 64",
        "java -XX:MaxRAM=400m, 100",
        "java -XX:MaxRAM=400m -XX:MaxRAMPercentage=50, 200",
        "java -Xmx64m -XX:MaxRAM=400m, 64",
        "java Main -Xmxmax, 250",
    })
    void heapIsFoundInTheCommandLine(String command, long heap) {
        assertEquals(heap * MB, ChildMemory.heap(List.of(command.split(" ")), 1000 * MB));
    }

    @Test
    void reasonNamesTheNumbers() {
        assertEquals(
                "three quarters of 8192 MB of memory, and 640 MB a child, 512 MB of them for its heap",
                new ChildMemory(8192 * MB, 512 * MB, 1, 0).toString());
        assertTrue(new ChildMemory(8192 * MB, 512 * MB, 2, 0).toString().endsWith(", for 2 connectors with children"));
    }

    @Test
    void thisMachineHasMemory() {
        ChildMemory memory = ChildMemory.of(List.of("java", "-Xmx64m"), 1, 0);

        assertTrue(memory.memory() > 64 * MB, memory::toString);
        assertEquals(64 * MB, memory.heap());
    }
}
