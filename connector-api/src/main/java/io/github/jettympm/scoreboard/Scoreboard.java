package io.github.jettympm.scoreboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the processes of a connector know of each other: one memory-mapped file with a slot for each process that serves.
 *
 * <p>Layout, in the byte order of the machine: a header of {@value #HEADER_BYTES} bytes with magic, version, number of
 * slots and rows per slot (int each), the {@link Identity}, at {@value #PRESSURE_OFFSET} whether children are under
 * pressure, and the parts that {@link PoolFigures} and {@link History} describe. Then the slots, each with {@value
 * #FIGURES_OFFSET} bytes for state code, generation, threads and spare threads (int each), its {@link ProcessFigures}, and
 * from byte {@value #ROWS_OFFSET} on a row of {@link Traffic} for each request at a time. There is always room for one row,
 * in which connections are counted.
 *
 * <p>The parent writes a slot while no process lives in it, the child while it lives; so each cell has one writer at a time,
 * and a reader needs no lock. What different processes or threads write lies in different cache lines. The file outlives a
 * crashed child, and what it said last can be read.
 *
 * <p>Any thread may call any method.
 */
public final class Scoreboard implements AutoCloseable {
    /** Slots of a scoreboard, at the most. */
    public static final int MOST_SLOTS = 10_000;

    /** Rows of a slot, at the most. */
    public static final int MOST_ROWS = 1_024;

    private static final int MAGIC = 0x4A4D504D; // "JMPM"
    private static final int VERSION = 6;
    private static final int ZEROS = 64 * 1024; // written at a time
    private static final int HEADER_BYTES = 4096;
    private static final int FIGURES_OFFSET = 64;
    private static final int ROWS_OFFSET = FIGURES_OFFSET + ProcessFigures.BYTES;

    private static final int VERSION_OFFSET = 4;
    private static final int SLOTS_OFFSET = 8;
    private static final int ROWS_PER_SLOT_OFFSET = 12;
    private static final int PRESSURE_OFFSET = 64;
    private static final int GENERATION_OFFSET = 4;
    private static final int THREADS_OFFSET = 8;
    private static final int SPARE_OFFSET = 12;

    private final Path file;
    private final Cells cells;
    private final int slots;
    private final int rows;

    private Scoreboard(Path file, Cells cells, int slots, int rows) {
        this.file = file;
        this.cells = cells;
        this.slots = slots;
        this.rows = rows;
    }

    /**
     * Makes a new scoreboard of processes that serve one request at a time and are of nobody in particular.
     *
     * @param file where to make it; must not exist. It gets mode 0600
     * @param slots number of slots
     * @return the scoreboard, every slot {@link SlotState#OPEN}
     * @throws IOException if the file exists or cannot be made
     */
    public static Scoreboard create(Path file, int slots) throws IOException {
        return create(file, slots, 1, Identity.NONE);
    }

    /**
     * Makes a new scoreboard, as a parent does.
     *
     * @param file where to make it; must not exist. It gets mode 0600
     * @param slots number of slots, 0 to {@value #MOST_SLOTS}
     * @param rows requests that a process can show at once: 1 for processes that serve one at a time, 2 to {@value
     *     #MOST_ROWS} for those that serve many, 0 if those do not show them
     * @param identity whose it is
     * @return the scoreboard, every slot {@link SlotState#OPEN}
     * @throws IOException if the file exists or cannot be made
     */
    public static Scoreboard create(Path file, int slots, int rows, Identity identity) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        long size = bytes(slots, rows);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new IOException("a scoreboard cannot have " + slots + " slots with " + rows + " rows each");
        }
        try (FileChannel channel = FileChannel.open(file, options, mode)) {
            allocate(channel, size);
            Cells cells = map(channel, FileChannel.MapMode.READ_WRITE, size);
            identity.write(cells);
            cells.setInt(SLOTS_OFFSET, slots);
            cells.setInt(ROWS_PER_SLOT_OFFSET, rows);
            cells.setInt(VERSION_OFFSET, VERSION);
            cells.setInt(0, MAGIC);
            Scoreboard made = new Scoreboard(file, cells, slots, rows);
            made.pool().listenQueue(PoolFigures.UNKNOWN);
            made.pool().listenQueueLimit(PoolFigures.UNKNOWN);
            return made;
        }
    }

    /** Writes zeros: a file that was only mapped would be found to have no room on a full disk when a cell is written. */
    private static void allocate(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
        while (channel.position() < size) {
            channel.write(zeros.clear().limit((int) Math.min(ZEROS, size - channel.position())));
        }
    }

    /**
     * Opens a scoreboard that a parent has made, as a child does.
     *
     * @param file the file; a symbolic link is refused
     * @return the scoreboard
     * @throws IOException if the file cannot be read and written, or is not a scoreboard of this version
     */
    public static Scoreboard open(Path file) throws IOException {
        return open(file, FileChannel.MapMode.READ_WRITE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Opens a scoreboard to read what others write; nothing may be written there.
     *
     * @param file the file; a symbolic link is refused
     * @return the scoreboard
     * @throws IOException if the file cannot be read, or is not a scoreboard of this version
     */
    public static Scoreboard openToRead(Path file) throws IOException {
        return open(file, FileChannel.MapMode.READ_ONLY, StandardOpenOption.READ);
    }

    private static Scoreboard open(Path file, FileChannel.MapMode mode, StandardOpenOption... options)
            throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("scoreboard " + file + " is missing or not a regular file");
        }
        try (FileChannel channel = FileChannel.open(file, options)) {
            long size = channel.size();
            if (size < HEADER_BYTES || size > Integer.MAX_VALUE) {
                throw new IOException("scoreboard " + file + " is cut off, or no scoreboard: " + size + " bytes");
            }
            Cells cells = map(channel, mode, size);
            int slots = cells.getInt(SLOTS_OFFSET);
            int rows = cells.getInt(ROWS_PER_SLOT_OFFSET);
            if (cells.getInt(0) != MAGIC || cells.getInt(VERSION_OFFSET) != VERSION || size != bytes(slots, rows)) {
                throw new IOException("scoreboard " + file + " is cut off, or not of version " + VERSION
                        + "; stop all processes of the old version, then start again");
            }
            return new Scoreboard(file, cells, slots, rows);
        }
    }

    /** Size of the file, -1 if there is no such scoreboard. */
    private static long bytes(int slots, int rows) {
        boolean possible = slots >= 0 && slots <= MOST_SLOTS && rows >= 0 && rows <= MOST_ROWS;
        return possible ? HEADER_BYTES + (long) slots * slotBytes(rows) : -1;
    }

    private static int slotBytes(int rows) {
        return ROWS_OFFSET + Math.max(1, rows) * Traffic.BYTES;
    }

    private static Cells map(FileChannel channel, FileChannel.MapMode mode, long size) throws IOException {
        ByteBuffer mapped = channel.map(mode, 0, size);
        return new Cells(mapped.order(ByteOrder.nativeOrder()));
    }

    /**
     * Number of slots.
     *
     * @return 0 or more
     */
    public int slots() {
        return slots;
    }

    /**
     * How many requests a process can show at once.
     *
     * @return 1 for processes that serve one at a time, 0 for those that serve many and do not show them
     */
    public int rows() {
        return rows;
    }

    /**
     * The file behind the scoreboard.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    /**
     * Whose scoreboard it is.
     *
     * @return what its maker has said
     */
    public Identity identity() {
        return Identity.read(cells);
    }

    /**
     * What the parent has counted.
     *
     * @return that part of the header
     */
    public PoolFigures pool() {
        return new PoolFigures(cells);
    }

    /**
     * The last minutes.
     *
     * @return that part of the header
     */
    public History history() {
        return new History(cells);
    }

    /**
     * Writes the state of a slot.
     *
     * @param slot number, from 0
     * @param state the state
     */
    public void state(int slot, SlotState state) {
        cells.setInt(offset(slot), state.code());
    }

    /**
     * Reads the state of a slot.
     *
     * @param slot number, from 0
     * @return the state as its writer last wrote it; {@link SlotState#OPEN} for a code that this version does not know
     */
    public SlotState state(int slot) {
        return SlotState.of(cells.getInt(offset(slot)));
    }

    /**
     * Whether the state of a slot is one that this version knows. A child writes no other.
     *
     * @param slot number, from 0
     * @return false if its cell holds nonsense
     */
    public boolean isStateKnown(int slot) {
        return SlotState.isKnown(cells.getInt(offset(slot)));
    }

    /**
     * Writes the generation of a slot.
     *
     * @param slot number, from 0
     * @param generation number of the configuration that the child was started from
     */
    public void generation(int slot, int generation) {
        cells.setInt(offset(slot) + GENERATION_OFFSET, generation);
    }

    /**
     * Reads the generation of a slot.
     *
     * @param slot number, from 0
     * @return the number, 0 if no child ever lived there
     */
    public int generation(int slot) {
        return cells.getInt(offset(slot) + GENERATION_OFFSET);
    }

    /**
     * Writes how many threads serve connections in a slot.
     *
     * @param slot number, from 0
     * @param total all of them
     * @param spare those that wait for a connection
     */
    public void threads(int slot, int total, int spare) {
        cells.setInt(offset(slot) + THREADS_OFFSET, total);
        cells.setInt(offset(slot) + SPARE_OFFSET, spare);
    }

    /**
     * Reads how many threads serve connections in a slot.
     *
     * @param slot number, from 0
     * @return the number as the child last wrote it
     */
    public int threads(int slot) {
        return cells.getInt(offset(slot) + THREADS_OFFSET);
    }

    /**
     * Reads how many threads wait for a connection in a slot.
     *
     * @param slot number, from 0
     * @return the number as the child last wrote it
     */
    public int spareThreads(int slot) {
        return cells.getInt(offset(slot) + SPARE_OFFSET);
    }

    /**
     * What a process says of itself as a whole.
     *
     * @param slot number, from 0
     * @return that part of the slot
     */
    public ProcessFigures process(int slot) {
        return new ProcessFigures(cells, offset(slot) + FIGURES_OFFSET);
    }

    /**
     * What a process serves that serves one connection at a time; of others, where connections are counted.
     *
     * @param slot number, from 0
     * @return the first row
     */
    public Traffic traffic(int slot) {
        return new Traffic(cells, offset(slot) + ROWS_OFFSET, 0);
    }

    /**
     * What a process serves in one of its rows.
     *
     * @param slot number, from 0
     * @param row number, from 0 to less than {@link #rows()}
     * @return the row
     */
    public Traffic traffic(int slot, int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of a scoreboard with " + rows + " rows a slot");
        }
        return new Traffic(cells, offset(slot) + ROWS_OFFSET + row * Traffic.BYTES, row);
    }

    /**
     * What a process writes its requests to. To be made once by each process that has this slot.
     *
     * @param slot number, from 0
     * @return the rows, of which all are free
     */
    public RequestRows requestRows(int slot) {
        if (rows == 1) {
            return new OneRow(traffic(slot));
        }
        Traffic[] all =
                IntStream.range(0, rows).mapToObj(row -> traffic(slot, row)).toArray(Traffic[]::new);
        return new SharedRows(all, process(slot));
    }

    /**
     * Whether a process serves: has a connection, if it serves one at a time, or else at least one request. Of a process that has
     * died it is whether it did then.
     *
     * @param slot number, from 0
     * @return false if its thread, or all of them, wait
     */
    public boolean isServing(int slot) {
        return rows == 1 ? spareThreads(slot) <= 0 : process(slot).uncountedActive() + writing(slot) > 0;
    }

    /**
     * Says whether connections wait and no child is idle. Called by the parent.
     *
     * @param pressure whether it is so
     */
    public void pressure(boolean pressure) {
        cells.setInt(PRESSURE_OFFSET, pressure ? 1 : 0);
    }

    /**
     * Whether connections wait and no child is idle.
     *
     * @return what the parent last said
     */
    public boolean isUnderPressure() {
        return cells.getInt(PRESSURE_OFFSET) != 0;
    }

    /**
     * Makes a slot ready for a new process, in the state {@link SlotState#STARTING}. Called by the parent while no child
     * lives there.
     *
     * @param slot number, from 0
     * @param generation number of the configuration that the child is started from
     */
    public void begin(int slot, int generation) {
        generation(slot, generation);
        threads(slot, 0, 0);
        process(slot).clear();
        traffic(slot).clear();
        for (int row = 1; row < rows; row++) {
            traffic(slot, row).clear();
        }
        state(slot, SlotState.STARTING);
    }

    /**
     * Opens the slot of a process that has ended; what it had served counts for the pool from now on. Called by the parent.
     * What it said last can be read until another begins.
     *
     * @param slot number, from 0
     */
    public void end(int slot) {
        pool().ended(totals(slot));
        state(slot, SlotState.OPEN);
    }

    /**
     * What a process has served.
     *
     * @param slot number, from 0
     * @return the sums over its rows, and of what was only counted
     */
    public Totals totals(int slot) {
        Totals sum = process(slot).uncounted().plus(Totals.of(traffic(slot)));
        for (int row = 1; row < rows; row++) {
            sum = sum.plus(Totals.of(traffic(slot, row)));
        }
        return sum;
    }

    /**
     * What all processes have served, those that have ended as well.
     *
     * @return the sums
     */
    public Totals totals() {
        Totals sum = pool().ended();
        for (int slot = 0; slot < slots; slot++) {
            if (state(slot) != SlotState.OPEN) {
                sum = sum.plus(totals(slot));
            }
        }
        return sum;
    }

    /**
     * How many threads of a process handle a request. Where requests are not shown, it is those that have a connection.
     *
     * @param slot number, from 0
     * @return 0 or more
     */
    public int busy(int slot) {
        if (rows == 0) {
            return Math.max(0, threads(slot) - spareThreads(slot));
        }
        return process(slot).uncountedActive() + writing(slot);
    }

    private int writing(int slot) {
        return (int) IntStream.range(0, rows)
                .filter(row -> activity(slot, row) == Activity.WRITING)
                .count();
    }

    /**
     * How many threads of a process could take a request.
     *
     * @param slot number, from 0
     * @return 0 or more
     */
    public int idle(int slot) {
        return Math.max(0, rows > 1 ? process(slot).idle() : spareThreads(slot));
    }

    /**
     * What is done in a row; nothing, if its process serves one connection at a time and has none.
     *
     * @param slot number, from 0
     * @param row number, from 0 to less than {@link #rows()}
     * @return the activity
     */
    public Activity activity(int slot, int row) {
        return rows == 1 && spareThreads(slot) > 0
                ? Activity.NONE
                : traffic(slot, row).activity();
    }

    private int offset(int slot) {
        if (slot < 0 || slot >= slots) {
            throw new IndexOutOfBoundsException("slot " + slot + " of a scoreboard with " + slots + " slots");
        }
        return HEADER_BYTES + slot * slotBytes(rows);
    }

    /** Removes the file; only the process that made it calls this. Mappings of others stay valid until they end. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
