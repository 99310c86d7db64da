package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RawCasesTest {
    @Test
    void thereAreManyAndEachHasItsOwnNameAndBytes() {
        List<RawCase> all = RawCases.all();

        assertTrue(all.size() >= 150, all.size() + " cases");
        assertEquals(
                all.size(),
                all.stream().map(RawCase::name).collect(Collectors.toSet()).size());
        assertEquals(
                all.size(),
                all.stream()
                        .map(raw -> raw.then()
                                + raw.steps().stream()
                                        .map(step -> new String(step, StandardCharsets.ISO_8859_1))
                                        .collect(Collectors.joining("\0\0")))
                        .collect(Collectors.toSet())
                        .size());
    }
}
