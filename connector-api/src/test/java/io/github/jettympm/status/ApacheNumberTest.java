package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApacheNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "250, 250",
        "0.5, .5",
        "0.0434783, .0434783",
        "0.000123456789, .000123457",
        "0.0000123, 1.23e-5",
        "12.3456789, 12.3457",
        "999999.7, 1.e+6",
        "123456.5, 123457",
        "1234567, 1234570",
        "20000, 20000",
        "200000, 2.e+5",
        "12345678901, 1.23457e+10",
    })
    void numberIsWrittenAsHttpdWritesIt(double number, String text) {
        assertEquals(text, ApacheNumber.of(number));
    }
}
