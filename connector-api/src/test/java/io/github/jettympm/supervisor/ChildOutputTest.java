package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ChildNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildOutputTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final LastLines last = new LastLines();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private void copy(InputStream from, String label) {
        ChildOutput.copy(from, label, () -> out, last);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachLineHasTheNameOfItsChild() {
        copy(stream("first\n\n\tat Grüße\n"), "[prefork-3 g2] ");

        assertEquals("[prefork-3 g2] first\n[prefork-3 g2] \n[prefork-3 g2] \tat Grüße\n", printed());
    }

    @Test
    void lastLineNeedsNoEnd() {
        copy(stream("#\n# A fatal error"), "> ");

        assertEquals("> #\n> # A fatal error\n", printed());
    }

    @Test
    void lineWithoutAnEndIsBroken() {
        copy(stream("x".repeat(100_000)), "> ");

        List<String> lines = printed().lines().toList();
        assertEquals(2, lines.size());
        assertEquals(100_000, lines.stream().mapToInt(line -> line.length() - 2).sum());
    }

    @Test
    void linesThatComeInPiecesStayWhole() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            var pipe = new PipedInputStream(1_000); // so a long line comes in several pieces
            var child = new PipedOutputStream(pipe);
            threads.add(new Thread(() -> copy(pipe, name + " ")));
            threads.add(new Thread(() -> write(child, name.repeat(5_000) + "\n", 100)));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        var kinds = new TreeSet<>(printed().lines().toList());
        assertEquals(400, printed().lines().count());
        assertEquals(4, kinds.size());
        assertTrue(kinds.contains("c " + "c".repeat(5_000)));
    }

    @Test
    void lastLinesAreKeptWithoutTheName() {
        copy(stream("Unrecognized VM option 'NoSuchOption'\nError: no end"), "[prefork-3 g2] ");

        assertEquals(
                "Unrecognized VM option 'NoSuchOption' | Error: no end",
                last.text().orElseThrow());
    }

    @Test
    void lastLinesOfAChildThatHasEndedAreThoseOfBothStreams() throws Exception {
        ChildOutput output = ChildOutput.of(ChildNames.of("test", 0, 1), true);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "echo said; echo failed >&2");
        output.prepare(builder);
        Process process = builder.start();
        output.follow(3, 1, process);
        process.waitFor();

        assertEquals(
                Set.of("said", "failed"), Set.of(output.last(3).orElseThrow().split(" \\| ")));
        output.finish(3);
        assertEquals(Optional.empty(), output.last(3));
    }

    @Test
    void nothingIsKnownOfAChildThatPrintsItself() throws Exception {
        ChildOutput output = ChildOutput.of(ChildNames.of("test", 0, 1), false);
        ProcessBuilder builder = new ProcessBuilder("true");
        output.prepare(builder);
        output.follow(3, 1, builder.start());

        assertEquals(Optional.empty(), output.last(3));
    }

    private static void write(PipedOutputStream to, String line, int times) {
        try (to) {
            for (int i = 0; i < times; i++) {
                to.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
