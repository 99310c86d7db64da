package io.github.jettympm.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WrkOutputTest {
    private static final String RIGHT = "Running 1s test @ http://127.0.0.1:18000/bench/hello\n"
            + "bench requests=5000 micros=2000000 wrong=0 connect=0 read=0 write=0 status=0 timeout=0"
            + " p50=1500 p99=2500 p999=9000 example=\n";

    @Test
    void rateAndPercentilesAreRead() {
        LoadResult result = WrkOutput.parse(RIGHT);

        assertTrue(result.isRight());
        assertEquals(2_500, result.rate());
        assertEquals(1.5, result.p50());
        assertEquals(2.5, result.p99());
        assertEquals(9, result.p999());
    }

    @Test
    void wrongResponsesAreReportedWithAnExample() {
        LoadResult result = WrkOutput.parse(
                RIGHT.replace("wrong=0", "wrong=7").replace("example=", "example=status 500, 12 bytes"));

        assertFalse(result.isRight());
        assertEquals("7 wrong responses (status 500, 12 bytes); ", result.wrong());
    }

    @Test
    void errorsOfTheSocketAreWrong() {
        LoadResult result = WrkOutput.parse(RIGHT.replace("timeout=0", "timeout=3"));

        assertEquals("3 errors of kind timeout; ", result.wrong());
    }

    @Test
    void noResponseIsWrong() {
        assertFalse(
                WrkOutput.parse(RIGHT.replace("requests=5000", "requests=0")).isRight());
    }

    @Test
    void outputWithoutTheLineIsWrong() {
        assertFalse(WrkOutput.parse("unable to connect to 127.0.0.1:18000 Connection refused")
                .isRight());
    }
}
