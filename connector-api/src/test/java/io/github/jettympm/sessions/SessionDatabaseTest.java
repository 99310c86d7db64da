package io.github.jettympm.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionDatabaseTest {
    private static final int PROCESSES = 8;
    private static final int DATABASES = 20;

    @TempDir
    private Path parent;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String pragma(SessionDatabase database, String name) throws Exception {
        try (var connection = database.connection();
                var statement = connection.createStatement();
                var value = statement.executeQuery("pragma " + name)) {
            return value.getString(1);
        }
    }

    @Test
    void databaseHasAWriteAheadLogAndWaitsForOtherWriters() throws Exception {
        var directory = parent.resolve("sessions");

        try (var database = SessionDatabase.open(directory)) {
            assertEquals("wal", pragma(database, "journal_mode"));
            assertEquals("10000", pragma(database, "busy_timeout"));
            assertEquals("1", pragma(database, "synchronous"), "NORMAL");
            assertTrue(Files.exists(directory.resolve("sessions.db-wal")));
        }
    }

    @Test
    void sessionsThatHaveEndedAreNotCounted() throws Exception {
        try (var database = SessionDatabase.open(parent.resolve("sessions"))) {
            try (var connection = database.connection();
                    var statement = connection.createStatement()) {
                for (int expiry : new int[] {0, 99, 100, 101, 200}) {
                    statement.execute("insert into JettySessions (sessionId, expiryTime) values ('id-" + expiry + "', "
                            + expiry + ")");
                }
            }

            assertEquals(3, database.sessions(100));
        }
    }

    @Test
    void nobodyElseMayReadIt() throws Exception {
        var directory = parent.resolve("sessions");

        try (var database = SessionDatabase.open(directory)) {
            assertEquals("10000", pragma(database, "busy_timeout"));
            assertEquals("rwx------", mode(directory));
            for (String file : List.of("sessions.db", "sessions.db-wal", "sessions.db-shm")) {
                assertEquals("rw-------", mode(directory.resolve(file)), file);
            }
        }
    }

    @Test
    void directoryThatOthersMayEnterIsReportedWithTheRemedy() throws Exception {
        for (String mode : List.of("rwxr-x---", "rwx--x--x", "rwx-----x")) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString(mode));

            var report = SessionDatabase.exposure(parent).orElseThrow();

            assertTrue(report.contains(parent + " (" + mode + ")"), report);
            assertTrue(report.endsWith("; chmod -R go= " + parent), report);
        }
    }

    @Test
    void directoryOfItsOwnIsNotReported() throws Exception {
        var directory = parent.resolve("sessions");

        assertEquals(Optional.empty(), SessionDatabase.exposure(directory), "not there");
        SessionDatabase.open(directory).close();
        assertEquals(Optional.empty(), SessionDatabase.exposure(directory));
    }

    @Test
    void processesMayMakeItAtTheSameMoment() throws Exception {
        var executor = Executors.newFixedThreadPool(PROCESSES);
        try {
            for (int i = 0; i < DATABASES; i++) {
                var directory = parent.resolve("sessions-" + i);
                var start = new CyclicBarrier(PROCESSES);
                var opening = new ArrayList<Callable<SessionDatabase>>();
                for (int process = 0; process < PROCESSES; process++) {
                    opening.add(() -> {
                        start.await();
                        return SessionDatabase.open(directory);
                    });
                }
                for (Future<SessionDatabase> opened : executor.invokeAll(opening)) {
                    opened.get().close();
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void nothingIsLeftOfMakingIt() throws Exception {
        SessionDatabase.open(parent).close();
        SessionDatabase.open(parent).close();

        try (var files = Files.list(parent)) {
            assertEquals(List.of(parent.resolve("sessions.db")), files.toList());
        }
    }

    @Test
    void databaseThatIsDamagedIsNamedWithTheRemedy() throws Exception {
        var file = Files.writeString(
                parent.resolve("sessions.db"), "no database at all, but long enough for a header ".repeat(9));

        var failure = assertThrows(IOException.class, () -> SessionDatabase.open(parent));

        assertTrue(failure.getMessage().contains(file.toString()), failure::getMessage);
        assertTrue(failure.getMessage().contains("move it away"), failure::getMessage);
    }

    @Test
    void databaseThatCannotBeOpenedIsNamed() throws Exception {
        var file = Files.createFile(parent.resolve("in-the-way"));

        var failure = assertThrows(IOException.class, () -> SessionDatabase.open(file));

        assertTrue(failure.getMessage().contains(file.resolve("sessions.db").toString()), failure::getMessage);
    }
}
