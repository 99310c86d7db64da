package io.github.jettympm.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HeapTest {
    @Test
    void bytesAreThoseOfTheTotal() {
        String histogram = """
                4711:
                 num     #instances         #bytes  class name (module)
                   1:         10000         640000  [B (java.base@17)
                Total         10000         640000
                """;

        assertEquals(640_000, Heap.total(histogram));
    }

    @Test
    void anythingElseIsAnError() {
        assertThrows(IllegalStateException.class, () -> Heap.total("4711: no such process"));
    }
}
