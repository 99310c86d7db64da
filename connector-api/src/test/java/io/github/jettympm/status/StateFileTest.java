package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    @TempDir
    private Path base;

    private final StateFile state =
            new StateFile(4711, 77, List.of(Path.of("/tmp/first dir/scoreboard"), Path.of("/tmp/\u00e4/scoreboard")));

    private Path file() {
        return StateFile.in(base);
    }

    private String refusal() {
        return assertThrows(IOException.class, () -> StateFile.read(base)).getMessage();
    }

    @Test
    void toolReadsWhatAServerHasWritten() throws IOException {
        state.write(file());

        assertEquals(state, StateFile.read(base));
        assertEquals(base.resolve("mpm.state"), file());
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        state.write(file());

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void newOneTakesThePlaceOfTheOld() throws IOException {
        state.write(file());
        StateFile other = new StateFile(4712, 77, List.of());

        other.write(file());

        assertEquals(other, StateFile.read(base));
        try (var files = Files.list(base)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void serverRemovesItsOwnAndNoOther() throws IOException {
        state.write(file());

        new StateFile(1, 77, List.of()).remove(file());
        new StateFile(4711, 78, List.of()).remove(file());
        assertTrue(Files.exists(file()));
        state.remove(file());

        assertFalse(Files.exists(file()));
        state.remove(file());
    }

    @Test
    void missingOneIsRefused() {
        assertTrue(refusal().contains("is missing or not a regular file; is a server"), refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jetty-mpm-state 2\n",
                "jetty-mpm-state 1\npid 1\n",
                "jetty-mpm-state 1\npid 1\nstarted 1\n",
                "jetty-mpm-state 2\npid 1\n",
                "jetty-mpm-state 2\npid 1\nscoreboard a\n",
                "jetty-mpm-state 2\npid\nstarted 1\n",
                "jetty-mpm-state 2\npid x\nstarted 1\n",
                "jetty-mpm-state 2\npid 1\nstarted x\n",
                "jetty-mpm-state 2\npid 99999999999999999999\nstarted 1\n",
                "jetty-mpm-state 2\npid 1\nstarted 1\nother\n",
                "jetty-mpm-state 2\npid 1\nstarted 1\nscoreboard a\0b\n"
            })
    void damagedOneIsRefused(String text) throws IOException {
        Files.writeString(file(), text);

        assertTrue(refusal().contains("is damaged or of another version"), refusal());
    }

    @Test
    void oneThatIsNoTextIsRefused() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xFF, 0, 1});

        assertThrows(IOException.class, () -> StateFile.read(base));
    }

    @Test
    void oneThatIsFarTooLongIsRefused() throws IOException {
        Files.write(file(), new byte[1024 * 1024 + 1]);

        assertTrue(refusal().contains("is damaged"), refusal());
    }

    @Test
    void lineEndInAPathIsRefused() {
        StateFile odd = new StateFile(1, List.of(Path.of("/tmp/a\nscoreboard /etc")));

        assertThrows(IOException.class, () -> odd.write(file()));
        assertFalse(Files.exists(file()));
    }

    @Test
    void serverHasEndedIfItsNumberIsThatOfNobodyOrOfAnother() throws Exception {
        long self = ProcessHandle.current().pid();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertFalse(new StateFile(self, List.of()).isOfEndedServer());
        assertTrue(new StateFile(self, 1, List.of()).isOfEndedServer());
        assertFalse(new StateFile(self, 0, List.of()).isOfEndedServer(), "which cannot be told");
        assertTrue(new StateFile(ended.pid(), 1, List.of()).isOfEndedServer());
        assertTrue(new StateFile(ended.pid(), List.of()).isOfEndedServer());
    }
}
