package io.github.jettympm.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallCountsTest {
    @Test
    void perfCountIsTheFirstField() {
        assertEquals(
                OptionalLong.of(123_456),
                CallCounts.ofPerf("# started\n\n123456,,raw_syscalls:sys_enter,99,100.00,,\n"));
    }

    @Test
    void whatPerfDidNotCountIsMissing() {
        assertEquals(OptionalLong.empty(), CallCounts.ofPerf("<not counted>,,raw_syscalls:sys_enter,0,100.00,,\n"));
    }

    @Test
    void straceCountIsThatOfTheTotal() {
        String output = """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 90.00    0.009000           1      9000           read
                 10.00    0.001000           1      1000        10 write
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.010000           1     10000        10 total
                """;

        assertEquals(OptionalLong.of(10_000), CallCounts.ofStrace(output));
    }
}
