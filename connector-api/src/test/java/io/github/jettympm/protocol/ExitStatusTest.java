package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({"RETIRED,0", "BOOT_FAILED,70", "BAD_CONFIGURATION,78", "ORPHANED,79", "REQUEST_TOO_LONG,80"})
    void codesNeverChange(ExitStatus status, int code) {
        assertEquals(code, status.code());
    }

    @ParameterizedTest
    @EnumSource(ExitStatus.class)
    void statusIsFoundByItsCode(ExitStatus status) {
        assertEquals(Optional.of(status), ExitStatus.of(status.code()));
    }

    @Test
    void codesStayClearOfThoseOfJavaAndShells() {
        assertTrue(Arrays.stream(ExitStatus.values()).noneMatch(status -> status.code() == 1 || status.code() >= 126));
    }

    @Test
    void codeOfSomeoneElseIsNotOurs() {
        assertEquals(Optional.empty(), ExitStatus.of(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|status 0 (retired)",
                "70|status 70 (boot failed)",
                "78|status 78 (bad configuration)",
                "79|status 79 (orphaned)",
                "80|status 80 (a request took too long)",
                "1|status 1",
                "3|status 3 (out of memory)",
                "128|status 128",
                "130|signal 2 (interrupt)",
                "134|signal 6 (abort)",
                "135|signal 7 (bus error)",
                "137|signal 9 (killed; out of memory?)",
                "139|signal 11 (segmentation fault)",
                "143|signal 15 (terminated)",
                "160|signal 32",
                "192|signal 64",
                "193|status 193",
                "255|status 255"
            })
    void exitStatusIsSaidInWords(int code, String words) {
        assertEquals(words, ExitStatus.describe(code));
    }

    @Test
    void causeIsSaidInFewWords() {
        assertEquals("signal 11", ExitStatus.cause(139));
        assertEquals("out of memory", ExitStatus.cause(3));
        assertEquals("boot failed", ExitStatus.cause(70));
        assertEquals("a request took too long", ExitStatus.cause(80));
        assertEquals("status 0", ExitStatus.cause(0));
        assertEquals("status 42", ExitStatus.cause(42));
        assertEquals("status 255", ExitStatus.cause(255)); // of System.exit(-1)
    }
}
