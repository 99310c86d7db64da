package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
    private WorkDirectory directory;

    @BeforeEach
    void create() throws IOException {
        directory = WorkDirectory.create();
    }

    @AfterEach
    void delete() {
        directory.delete();
    }

    private Path path() {
        return directory.scoreboard().getParent();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void onlyTheOwnerMayEnter() throws IOException {
        directory.createSlot(0);

        assertEquals("rwx------", mode(path()));
        assertEquals("rwx------", mode(directory.slot(0)));
    }

    @Test
    void directoryIsFoundByItsScoreboard() {
        assertEquals(directory.slot(7), WorkDirectory.of(directory.scoreboard()).slot(7));
    }

    @Test
    void slotIsMadeAnew() throws IOException {
        directory.createSlot(3);
        Files.createDirectories(directory.slot(3).resolve("jsp/compiled"));
        Files.writeString(directory.slot(3).resolve("jsp/compiled/index.class"), "old");

        directory.createSlot(3);

        try (var entries = Files.list(directory.slot(3))) {
            assertEquals(0, entries.count());
        }
    }

    /** As archives have them that an application unpacks. For root they are no obstacle. */
    @Test
    void slotWithDirectoriesThatMustNotBeWrittenIsMadeAnew() throws IOException {
        directory.createSlot(0);
        Path unpacked = Files.createDirectories(directory.slot(0).resolve("a/b"));
        Files.createFile(unpacked.resolve("file"));
        Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(unpacked.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));

        directory.createSlot(0);

        try (var entries = Files.list(directory.slot(0))) {
            assertEquals(0, entries.count());
        }
    }

    @Test
    void deletedSlotLeavesTheOthers() throws IOException {
        directory.createSlot(0);
        directory.createSlot(1);

        directory.deleteSlot(0);

        assertFalse(Files.exists(directory.slot(0)));
        assertTrue(Files.exists(directory.slot(1)));
    }

    @Test
    void deletionDoesNotFollowLinks(@TempDir Path elsewhere) throws IOException {
        Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
        directory.createSlot(0);
        Files.createSymbolicLink(directory.slot(0).resolve("link"), elsewhere);

        directory.delete();

        assertFalse(Files.exists(path()));
        assertTrue(Files.exists(precious));
    }

    @Test
    void directoryIsKeptWhileASlotIsUsed() throws IOException {
        Files.createFile(directory.scoreboard());
        directory.createSlot(0);

        directory.deleteIfUnused();
        assertTrue(Files.exists(directory.scoreboard()));
        directory.deleteSlot(0);
        directory.deleteIfUnused();

        assertFalse(Files.exists(path()));
    }

    @Test
    void deletionOfWhatIsGoneIsNoFailure() {
        directory.delete();
        directory.delete();
        directory.deleteSlot(0);
        directory.deleteIfUnused();

        assertFalse(Files.exists(path()));
    }

    @Test
    void whatALinkLeadsToIsLeftAlone(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("file"), "somebody's");
        directory.createSlot(0);
        Files.createSymbolicLink(directory.slot(0).resolve("link"), elsewhere);
        Files.createSymbolicLink(directory.slot(1), elsewhere);

        directory.deleteSlot(0);
        directory.deleteSlot(1);

        assertFalse(Files.exists(directory.slot(0)));
        assertFalse(Files.exists(directory.slot(1), LinkOption.NOFOLLOW_LINKS));
        assertEquals("somebody's", Files.readString(elsewhere.resolve("file")));
    }

    @Test
    void applicationsOfAGenerationAreMadeOnce() throws IOException {
        assertTrue(directory.createApplications(1));
        assertFalse(directory.createApplications(1));
        assertTrue(directory.createApplications(2));
        assertEquals("rwx------", mode(directory.applications(1)));

        Files.createDirectories(directory.applications(1).resolve("app/WEB-INF"));
        directory.deleteApplications(1);

        assertFalse(Files.exists(directory.applications(1)));
        assertTrue(Files.exists(directory.applications(2)));
    }

    @Test
    void classesOfAGenerationAreTheOwnersAlone() throws IOException {
        directory.createClasses(3);
        Files.createFile(directory.archive(3));

        assertEquals("rwx------", mode(directory.classes(3)));
        directory.deleteClasses(3);
        directory.deleteClasses(2);

        assertFalse(Files.exists(directory.classes(3)));
    }
}
