package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.status.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedServerTest {
    private static final long SELF = ProcessHandle.current().pid();

    @TempDir
    private Path base;

    private WorkDirectory own;
    private WorkDirectory left;
    private Scoreboard scoreboard;

    @BeforeEach
    void leaveADirectory() throws IOException {
        own = WorkDirectory.create();
        left = WorkDirectory.create();
        scoreboard = Scoreboard.create(left.scoreboard(), 2);
        Files.createDirectories(left.applications(1).resolve("WEB-INF"));
    }

    @AfterEach
    void delete() {
        own.delete();
        left.delete();
    }

    /** This process has another start, so that one has ended. */
    private StateFile ended(Path... scoreboards) {
        return new StateFile(SELF, 1, List.of(scoreboards));
    }

    private void assertRemoved(boolean expected, StateFile inBase, StateFile inDirectory) throws IOException {
        inBase.write(StateFile.in(base));
        inDirectory.write(left.state());

        AbandonedServer.remove(StateFile.in(base), own);

        assertEquals(!expected, Files.exists(left.path()));
        assertEquals(true, Files.exists(own.path()));
    }

    @Test
    void directoryOfAServerThatHasEndedIsRemoved() throws IOException {
        assertRemoved(true, ended(left.scoreboard()), ended(left.scoreboard()));
    }

    @Test
    void directoryOfAServerThatRunsIsLeftAlone() throws IOException {
        StateFile running = new StateFile(SELF, List.of(left.scoreboard()));

        assertRemoved(false, running, running);
    }

    @Test
    void directoryThatTheFileInTheBaseNamesWronglyIsLeftAlone() throws IOException {
        assertRemoved(false, ended(left.scoreboard()), new StateFile(SELF, List.of(left.scoreboard())));
    }

    @Test
    void directoryWithAChildThatLivesIsLeftToThat() throws IOException {
        scoreboard.begin(1, 1);
        scoreboard.process(1).process(SELF, System.currentTimeMillis());

        assertRemoved(false, ended(left.scoreboard()), ended(left.scoreboard()));
    }

    @Test
    void processThatHasTheNumberOfAChildDoesNotKeepTheDirectory() throws IOException {
        scoreboard.begin(1, 1);
        scoreboard.process(1).process(SELF, 0);

        assertRemoved(true, ended(left.scoreboard()), ended(left.scoreboard()));
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path link = own.path().resolveSibling(own.path().getFileName() + "-link");
        Files.createSymbolicLink(link, left.path());
        try {
            assertRemoved(false, ended(link.resolve("scoreboard")), ended(left.scoreboard()));
            assertEquals(true, Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void directoryElsewhereOrOfAnotherNameIsLeftAlone() throws IOException {
        Path elsewhere = Files.createDirectory(base.resolve("jetty-mpm-1"));
        Path other = Files.createTempDirectory("no-jetty-mpm-");
        try {
            StateFile state =
                    ended(elsewhere.resolve("scoreboard"), other.resolve("scoreboard"), Path.of("scoreboard"));
            state.write(elsewhere.resolve("server.state"));
            state.write(other.resolve("server.state"));

            assertRemoved(false, state, state);

            assertEquals(List.of(true, true), List.of(Files.exists(elsewhere), Files.exists(other)));
        } finally {
            Files.delete(other.resolve("server.state"));
            Files.delete(other);
        }
    }

    @Test
    void fileInTheBaseThatIsDamagedSaysNothing() throws IOException {
        ended(left.scoreboard()).write(left.state());
        Files.writeString(StateFile.in(base), "nonsense");

        AbandonedServer.remove(StateFile.in(base), own);

        assertEquals(true, Files.exists(left.path()));
    }
}
