package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndingTest {
    private static final Optional<String> CRASH = Optional.of(
            new CrashReport("SIGSEGV (0xb)", "C  [libfoo.so+0x1]", Optional.of(Path.of("hs_err_pid4711.log")))
                    .toString());
    private static final Optional<String> LATE = Optional.of("it was not ready within 300 ms");

    private static Ending ending(int status, boolean asked, Optional<String> explanation) {
        return ending(status, asked, Optional.empty(), explanation);
    }

    private static Ending ending(
            int status, boolean asked, Optional<String> killedSince, Optional<String> explanation) {
        return new Ending(
                "child 4711 (slot 3)",
                Duration.ofMillis(12_900),
                34,
                Optional.empty(),
                status,
                asked,
                killedSince,
                explanation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "137|, killed by signal 9 (killed; out of memory?)",
                "139|, killed by signal 11 (segmentation fault)",
                "3|' with status 3 (out of memory)'",
                "70|' with status 70 (boot failed)'",
                "1|' with status 1'",
                "255|' with status 255'",
                "0|' with status 0 although nobody asked it to; does an application call System.exit?'",
            })
    void causeIsSaidInWords(int status, String cause) {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s and 34 connections" + cause,
                ending(status, false, Optional.empty()).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 143})
    void oneThatWasAskedToEndsInGoodOrder(int status) {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s and 34 connections as it was asked to",
                ending(status, true, Optional.empty()).toString());
    }

    @Test
    void oneThatWasAskedToMayEndOtherwise() {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s and 34 connections, killed by signal 9 (killed; out of memory?)",
                ending(137, true, Optional.empty()).toString());
    }

    @Test
    void requestInFlightIsSaid() {
        var ending = new Ending(
                "child 4711 (slot 3)",
                Duration.ZERO,
                1,
                Optional.of("GET /report for 192.0.2.1"),
                139,
                false,
                Optional.empty(),
                Optional.empty());

        assertEquals(
                "child 4711 (slot 3) ended after 0 s and 1 connections, killed by signal 11 (segmentation fault),"
                        + " while it served GET /report for 192.0.2.1",
                ending.toString());
    }

    @Test
    void crashIsSaidWithItsFrameAndFile() {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s and 34 connections, killed by signal 6 (abort): the virtual machine"
                        + " crashed with SIGSEGV (0xb) in C  [libfoo.so+0x1]; see hs_err_pid4711.log",
                ending(134, false, CRASH).toString());
    }

    @Test
    void oneThatWasNeverReadyHadNoConnections() {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s with status 70 (boot failed) before it was ready; its messages say why",
                ending(70, false, Optional.empty()).beforeItWasReady());
    }

    @Test
    void oneThatWasAskedToEndHasNothingToExplain() {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s as it was asked to before it was ready",
                ending(143, true, Optional.empty()).beforeItWasReady());
    }

    @Test
    void oneThatDidNotStartHasToldWhy() {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s with status 1 before it was ready: it printed last: no such option",
                ending(1, false, Optional.of("it printed last: no such option")).beforeItWasReady());
    }

    @Test
    void oneThatItsParentHasKilledDidNotRunOutOfMemory() {
        Ending killed = ending(137, true, LATE, Optional.of("it printed last: something"));

        assertEquals(
                "child 4711 (slot 3) ended after 12 s before it was ready, killed by its parent, since it was not ready"
                        + " within 300 ms",
                killed.beforeItWasReady());
        assertEquals(
                "child 4711 (slot 3) ended after 12 s and 34 connections, killed by its parent, since it was not ready"
                        + " within 300 ms",
                ending(137, true, LATE, Optional.empty()).toString());
    }

    @Test
    void oneThatWasFasterThanItsParentHasItsOwnStatus() {
        assertEquals(
                "child 4711 (slot 3) ended after 12 s and 34 connections with status 7",
                ending(7, false, LATE, Optional.empty()).toString());
    }
}
