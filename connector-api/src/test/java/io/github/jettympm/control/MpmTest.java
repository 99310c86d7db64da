package io.github.jettympm.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.control.Mpm.Exit;
import io.github.jettympm.status.StateFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MpmTest {
    @TempDir
    private Path base;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    private Exit run(String... arguments) {
        return new Mpm(new PrintStream(out, true), new PrintStream(error, true)).run(arguments);
    }

    private Exit runInBase(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--base", base.toString()));
        return run(all.toArray(new String[0]));
    }

    private String error() {
        return error.toString(StandardCharsets.UTF_8);
    }

    private void writeState(long pid) throws Exception {
        new StateFile(pid, List.of()).write(StateFile.in(base));
    }

    @Test
    void exitStatusesAreKnownToScripts() {
        assertEquals(0, Exit.DONE.code());
        assertEquals(1, Exit.FAILED.code());
        assertEquals(2, Exit.USAGE.code());
        assertEquals(3, Exit.NOT_RUNNING.code());
    }

    @Test
    void helpIsPrinted() {
        assertEquals(Exit.DONE, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("usage: "), out::toString);
    }

    @Test
    void usageIsExplained() {
        assertEquals(Exit.USAGE, run("fly"));
        assertEquals("mpm: there is no command fly; try --help\n", error());
    }

    @Test
    void baseWithoutAServerIsSaid() {
        assertEquals(Exit.NOT_RUNNING, runInBase("status"));
        assertTrue(error().startsWith("mpm: no server runs in " + base + ": there is no "), error());
    }

    @Test
    void stateThatAKilledServerLeftIsNoServer() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        writeState(ended.pid());

        assertEquals(Exit.NOT_RUNNING, runInBase("stop"));
        assertTrue(error().endsWith(" was left by process " + ended.pid() + ", which has ended\n"), error());
    }

    @Test
    void anotherProcessWithThatNumberIsLeftAlone() throws Exception {
        Process other = new ProcessBuilder("cat").start();
        try {
            writeState(other.pid());
            Instant before = other.info().startInstant().orElseThrow().minusSeconds(1);
            Files.setLastModifiedTime(StateFile.in(base), FileTime.from(before));

            assertEquals(Exit.NOT_RUNNING, runInBase("stop"));
            assertTrue(other.isAlive());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void stopWaitsUntilTheProcessHasEnded() throws Exception {
        Process server = new ProcessBuilder("cat").start();
        writeState(server.pid());

        assertEquals(Exit.DONE, runInBase("stop", "--json"));

        assertEquals("{\"command\":\"stop\",\"server\":" + server.pid() + "}\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(143, server.waitFor());
    }

    @Test
    void serverThatDoesNotStopIsAFailure() throws Exception {
        Process server = new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; cat; cat").start();
        try {
            assertEquals("ready", server.inputReader().readLine());
            writeState(server.pid());

            assertEquals(Exit.FAILED, runInBase("stop", "--timeout", "0"));

            assertTrue(error().contains("was asked to stop, but has not ended within 0 s"), error());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void serverWithoutChildrenIsNotSentAHangUp() throws Exception {
        Process server = new ProcessBuilder("cat").start();
        try {
            writeState(server.pid());

            assertEquals(Exit.FAILED, runInBase("restart"));
            assertEquals(Exit.FAILED, runInBase("drain", "0"));

            assertTrue(error().contains("has no children to restart"), error());
            assertTrue(server.isAlive());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }
}
