package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusBoardTest {
    @TempDir
    private Path directory;

    private final StatusBoard board = new StatusBoard();

    @Test
    void processGetsAsManyRowsAsItHasRequests() {
        assertEquals(StatusBoard.DEFAULT_MAX_ROWS, board.rows(-1));
        assertEquals(StatusBoard.DEFAULT_MAX_ROWS, board.rows(400));
        assertEquals(25, board.rows(25));
        assertEquals(2, board.rows(1));
        board.setMaxRows(1_024);
        assertEquals(1_024, board.rows(-1));
    }

    @Test
    void numberOfRowsOutOfRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> board.setMaxRows(1));
        assertThrows(IllegalArgumentException.class, () -> board.setMaxRows(1_025));
        assertEquals(StatusBoard.DEFAULT_MAX_ROWS, board.getMaxRows());
    }

    @Test
    void thereIsNoStatusBeforeAConnectorHasStarted() {
        assertThrows(IOException.class, board::read);
    }

    @Test
    void sessionsAreThoseThatSomebodyCounts() throws IOException {
        Path file = directory.resolve("state");
        new StateFile(1, List.of()).write(file);
        board.found(file);
        assertEquals(-1, board.read().storedSessions());

        board.setStoredSessions(() -> 17);

        assertEquals(17, board.read().storedSessions());
        assertEquals(List.of(), board.read().connectors());
    }
}
