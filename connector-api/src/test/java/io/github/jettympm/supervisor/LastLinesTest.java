package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    private final LastLines last = new LastLines();

    private void add(String line) {
        byte[] bytes = ("> " + line + "\n").getBytes(StandardCharsets.UTF_8);
        last.add(bytes, 2, bytes.length - 1);
    }

    @Test
    void nothingWasPrinted() {
        assertEquals(Optional.empty(), last.text());
    }

    @Test
    void tenLinesAreKept() {
        IntStream.rangeClosed(1, 12).forEach(i -> add("line " + i));

        assertEquals(
                Optional.of(
                        "line 3 | line 4 | line 5 | line 6 | line 7 | line 8 | line 9 | line 10 | line 11 | line 12"),
                last.text());
    }

    @Test
    void framesOfAStackTraceDoNotDisplaceItsCause() {
        add("Exception in thread \"main\" java.lang.IllegalStateException: on purpose");
        IntStream.range(0, 30).forEach(i -> add("\tat Main.main(Main.java:" + i + ")"));
        add("Caused by: java.io.IOException: the cause");
        add("\t... 30 more");
        add("");
        add("    ");
        add("at the end");

        assertEquals(
                Optional.of("Exception in thread \"main\" java.lang.IllegalStateException: on purpose"
                        + " | Caused by: java.io.IOException: the cause | at the end"),
                last.text());
    }

    @Test
    void longLineIsCut() {
        add("x".repeat(60_000));

        assertEquals(300, last.text().orElseThrow().length());
    }

    @Test
    void nothingForgesALineOfTheLog() {
        add("a\u001b[2J\rERROR forged\u0085");

        assertEquals(Optional.of("a?[2J?ERROR forged?"), last.text());
    }
}
