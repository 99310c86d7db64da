package io.github.jettympm.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreboardTest {
    private static final int SLOTS = 5;
    private static final int VERSION_OFFSET = 4;
    private static final int SLOTS_OFFSET = 8;
    private static final int ROWS_OFFSET = 12;
    private static final int HEADER_BYTES = 4096;

    @TempDir
    private Path directory;

    private Path file;
    private Scoreboard parent;

    @BeforeEach
    void create() throws IOException {
        file = directory.resolve("scoreboard");
        parent = Scoreboard.create(file, SLOTS);
    }

    private String refusal(Path path) {
        return assertThrows(IOException.class, () -> Scoreboard.open(path)).getMessage();
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    /** Otherwise a disk that is full would be noticed when a child writes, and kill it. */
    @Test
    void theDiskHasRoomForAllOfIt() throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).start();
        String[] blocks =
                new String(stat.getInputStream().readAllBytes()).strip().split(" ");

        assertTrue(Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]) >= Files.size(file));
    }

    @Test
    void newOneHasOpenSlots() {
        assertEquals(SLOTS, parent.slots());
        assertEquals(file, parent.file());
        for (int slot = 0; slot < SLOTS; slot++) {
            assertEquals(SlotState.OPEN, parent.state(slot));
            assertEquals(0, parent.generation(slot));
        }
    }

    @Test
    void oneThatExistsIsNotOverwritten() {
        assertThrows(FileAlreadyExistsException.class, () -> Scoreboard.create(file, SLOTS));
    }

    @ParameterizedTest
    @EnumSource(SlotState.class)
    void childAndParentSeeWhatTheOtherWrites(SlotState state) throws IOException {
        Scoreboard child = Scoreboard.open(file);

        child.state(3, state);
        parent.generation(3, 7);

        assertEquals(SLOTS, child.slots());
        assertEquals(state, parent.state(3));
        assertEquals(7, child.generation(3));
    }

    @Test
    void childSaysHowManyThreadsItHas() throws IOException {
        Scoreboard.open(file).threads(3, 25, 7);

        assertEquals(25, parent.threads(3));
        assertEquals(7, parent.spareThreads(3));
        assertEquals(0, parent.threads(2) + parent.threads(4));
    }

    @Test
    void childCountsItsConnectionsFromZero() throws IOException {
        Scoreboard child = Scoreboard.open(file);
        child.traffic(3).connectionTaken("192.0.2.1", 1);
        child.traffic(3).connectionTaken("192.0.2.1", 2);
        child.threads(3, 1, 1);

        assertEquals(2, parent.traffic(3).connections());
        assertEquals(0, parent.traffic(2).connections() + parent.traffic(4).connections());
        parent.begin(3, 9);
        assertEquals(0, parent.traffic(3).connections());
        assertEquals(0, parent.spareThreads(3));
        assertEquals(9, parent.generation(3));
        assertEquals(SlotState.STARTING, parent.state(3));
    }

    @Test
    void slotsDoNotTouchEachOther() {
        for (int slot = 0; slot < SLOTS; slot++) {
            parent.state(slot, SlotState.values()[slot % 4]);
            parent.generation(slot, slot + 10);
        }

        for (int slot = 0; slot < SLOTS; slot++) {
            assertEquals(SlotState.values()[slot % 4], parent.state(slot));
            assertEquals(slot + 10, parent.generation(slot));
        }
    }

    @Test
    void slotOutsideIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> parent.state(SLOTS));
        assertThrows(IndexOutOfBoundsException.class, () -> parent.generation(-1));
    }

    @Test
    void closedOneIsRemovedButStaysReadable() throws IOException {
        Scoreboard child = Scoreboard.open(file);

        parent.close();
        child.state(0, SlotState.READY);

        assertFalse(Files.exists(file));
        assertEquals(SlotState.READY, parent.state(0));
    }

    @Test
    void missingOneIsRefused() {
        assertEquals(
                "scoreboard " + directory.resolve("none") + " is missing or not a regular file",
                refusal(directory.resolve("none")));
    }

    @Test
    void linkIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertTrue(refusal(link).contains("not a regular file"));
    }

    @Test
    void oneThatIsCutOffIsRefused() throws IOException {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(63);
        }

        assertEquals("scoreboard " + file + " is cut off, or no scoreboard: 63 bytes", refusal(file));
    }

    @Test
    void oneWithoutItsLastSlotIsRefused() throws IOException {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() - 1);
        }

        assertTrue(refusal(file).contains("not of version 6"));
    }

    @Test
    void oneOfAnotherKindVersionOrSizeIsRefused() throws IOException {
        for (int offset : new int[] {0, VERSION_OFFSET, SLOTS_OFFSET, ROWS_OFFSET}) {
            Path other = Files.copy(file, directory.resolve("other-" + offset));
            try (RandomAccessFile bytes = new RandomAccessFile(other.toFile(), "rw")) {
                bytes.seek(offset);
                bytes.writeInt(0x77_00_00_77);
            }

            assertTrue(refusal(other).contains("not of version 6; stop all processes of the old version"));
        }
    }

    @Test
    void negativeNumberOfSlotsIsRefused() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(SLOTS_OFFSET);
            bytes.writeInt(-1);
        }

        assertTrue(refusal(file).contains("not of version 6"));
    }

    @Test
    void codeOfAnotherVersionIsNoState() throws IOException {
        parent.state(0, SlotState.READY);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(HEADER_BYTES);
            bytes.writeInt(0x77_00_00_77);
        }

        assertEquals(SlotState.OPEN, parent.state(0));
    }

    @Test
    void identityIsWhatItsMakerHasSaid() throws IOException {
        Identity identity = new Identity(
                4711, 1_000, 400, "event@1a2b3c", "event", "0.0.0.0:8080", "http/1.1, h2c", "Jetty/12.1.12");
        Scoreboard made = Scoreboard.create(directory.resolve("other"), 2, 25, identity);

        Scoreboard seen = Scoreboard.openToRead(made.file());

        assertEquals(identity, seen.identity());
        assertEquals(2, seen.slots());
        assertEquals(25, seen.rows());
    }

    @Test
    void longNamesAreCutAndTouchNothingElse() throws IOException {
        String longText = "x".repeat(1000);
        Identity identity = new Identity(1, 2, 3, longText, longText, longText, longText, longText);

        Scoreboard made = Scoreboard.create(directory.resolve("other"), 1, 2, identity);

        String cut = "x".repeat(124);
        assertEquals(new Identity(1, 2, 3, cut, "x".repeat(28), cut, cut, cut), made.identity());
        assertEquals(SlotState.OPEN, made.state(0));
        assertEquals(Totals.NONE, made.totals());
        assertEquals(0, made.history().points().size());
    }

    @Test
    void processSaysHowItIs() throws IOException {
        parent.begin(3, 1);
        ProcessFigures figures = Scoreboard.openToRead(file).process(3);
        assertEquals(ProcessFigures.UNKNOWN, figures.heapAfterGc());
        assertEquals(ProcessFigures.UNKNOWN, figures.metaspace());

        parent.process(3).process(4711, 99);
        parent.process(3).load(5, 3, 2);
        parent.process(3).memory(1_000, 2_000);

        assertEquals(4711, figures.pid());
        assertEquals(99, figures.started());
        assertEquals(5, figures.open());
        assertEquals(3, figures.waiting());
        assertEquals(2, figures.idle());
        assertEquals(1_000, figures.heapAfterGc());
        assertEquals(2_000, figures.metaspace());
    }

    @Test
    void vitalsAreThoseOfThisProcess() {
        parent.begin(3, 1);
        Vitals vitals = new Vitals(parent.process(3), new Vitals.Load() {
            @Override
            public int open() {
                return 6;
            }

            @Override
            public int waiting() {
                return 4;
            }

            @Override
            public int idle() {
                return 9;
            }
        });

        System.gc();
        vitals.run();

        assertEquals(6, parent.process(3).open());
        assertTrue(parent.process(3).heapAfterGc() > 0);
        assertTrue(parent.process(3).metaspace() > 0);
    }

    @Test
    void childWithAConnectionIsBusyOnlyWhileItHandlesARequest() {
        parent.begin(2, 1);
        parent.threads(2, 1, 0);
        Traffic row = parent.traffic(2);

        row.connectionTaken("192.0.2.1", 1);
        assertEquals(0, parent.busy(2));
        row.requestBegins("GET", "/", 2);
        assertEquals(1, parent.busy(2));
        assertEquals(0, parent.idle(2));
        row.requestEnds(1, 3);
        assertEquals(Activity.KEEP_ALIVE, parent.activity(2, 0));
        parent.threads(2, 1, 1);

        assertEquals(Activity.NONE, parent.activity(2, 0));
        assertEquals(0, parent.busy(2));
        assertEquals(1, parent.idle(2));
    }

    @Test
    void clientOfARequestMayBeAnotherThanThatOfTheConnection() {
        parent.begin(2, 1);
        RequestRows rows = parent.requestRows(2);
        parent.traffic(2).connectionTaken("192.0.2.1", 1);

        Traffic row = rows.begins("2001:db8::7", "GET", "/", 2);
        rows.ends(row, 2, 10, 5);

        assertEquals("2001:db8::7", parent.traffic(2).client());
        assertEquals(Activity.KEEP_ALIVE, row.activity());
        assertEquals(new Totals(1, 1, 10, 3, 0), parent.totals(2));
    }

    @Test
    void impossibleSizesAreRefused() {
        Path other = directory.resolve("other");

        assertThrows(IOException.class, () -> Scoreboard.create(other, -1, 1, Identity.NONE));
        assertThrows(IOException.class, () -> Scoreboard.create(directory.resolve("third"), 1, 1_025, Identity.NONE));
    }
}
