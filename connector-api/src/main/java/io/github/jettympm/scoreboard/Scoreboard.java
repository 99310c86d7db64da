package io.github.jettympm.scoreboard;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What parent and children know of each other: one memory-mapped file with a row, the slot, for each child.
 *
 * <p>Layout, in the byte order of the machine: a header of {@value #HEADER_BYTES} bytes (magic, version, number of
 * slots, int each, and whether children are under pressure, int), then {@value #SLOT_BYTES} bytes per slot: state code,
 * generation, threads and spare threads (int each), and, from byte {@value #TRAFFIC_OFFSET} on, its {@link Traffic}. The
 * parent writes a slot while no process lives in it, the child while it lives; so each cell has one writer at a time, and a
 * reader needs no lock. The file outlives a crashed child, and what it said last can be read.
 *
 * <p>Any thread may call any method.
 */
public final class Scoreboard implements AutoCloseable {
    private static final int MAGIC = 0x4A4D504D; // "JMPM"
    private static final int VERSION = 4;
    private static final int ZEROS = 8 * 1024; // written at a time
    private static final int HEADER_BYTES = 64;
    private static final int TRAFFIC_OFFSET = 64;
    /** Whole cache lines: two children never write the same one. */
    private static final int SLOT_BYTES = TRAFFIC_OFFSET + Traffic.BYTES;

    private static final int VERSION_OFFSET = 4;
    private static final int SLOTS_OFFSET = 8;
    private static final int GENERATION_OFFSET = 4;
    private static final int THREADS_OFFSET = 8;
    private static final int SPARE_OFFSET = 12;
    private static final int PRESSURE_OFFSET = 12;
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Path file;
    private final ByteBuffer cells;
    private final int slots;

    private Scoreboard(Path file, ByteBuffer cells, int slots) {
        this.file = file;
        this.cells = cells;
        this.slots = slots;
    }

    /**
     * Makes a new scoreboard, as a parent does.
     *
     * @param file where to make it; must not exist. It gets mode 0600
     * @param slots number of rows
     * @return the scoreboard, every slot {@link SlotState#OPEN}
     * @throws IOException if the file exists or cannot be made
     */
    public static Scoreboard create(Path file, int slots) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(file, options, mode)) {
            long size = HEADER_BYTES + (long) slots * SLOT_BYTES;
            allocate(channel, size);
            ByteBuffer cells = map(channel, size);
            INT.setRelease(cells, SLOTS_OFFSET, slots);
            INT.setRelease(cells, VERSION_OFFSET, VERSION);
            INT.setRelease(cells, 0, MAGIC);
            return new Scoreboard(file, cells, slots);
        }
    }

    /**
     * Opens a scoreboard that a parent has made, as a child does.
     *
     * @param file the file; a symbolic link is refused
     * @return the scoreboard
     * @throws IOException if the file cannot be read, or is not a scoreboard of this version
     */
    public static Scoreboard open(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("scoreboard " + file + " is missing or not a regular file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            if (size < HEADER_BYTES) {
                throw new IOException("scoreboard " + file + " is cut off: " + size + " bytes");
            }
            ByteBuffer cells = map(channel, size);
            int slots = (int) INT.getAcquire(cells, SLOTS_OFFSET);
            if ((int) INT.getAcquire(cells, 0) != MAGIC
                    || (int) INT.getAcquire(cells, VERSION_OFFSET) != VERSION
                    || slots < 0
                    || size != HEADER_BYTES + (long) slots * SLOT_BYTES) {
                throw new IOException("scoreboard " + file + " is not of version " + VERSION
                        + "; stop all processes of the old version, then start again");
            }
            return new Scoreboard(file, cells, slots);
        }
    }

    /** Writes zeros: a file that was only mapped would be found to have no room on a full disk when a cell is written. */
    private static void allocate(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
        while (channel.position() < size) {
            channel.write(zeros.clear().limit((int) Math.min(ZEROS, size - channel.position())));
        }
    }

    private static ByteBuffer map(FileChannel channel, long size) throws IOException {
        MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        return mapped.order(ByteOrder.nativeOrder());
    }

    /**
     * Number of rows.
     *
     * @return 0 or more
     */
    public int slots() {
        return slots;
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
     * Writes the state of a slot.
     *
     * @param slot row, from 0
     * @param state the state
     */
    public void state(int slot, SlotState state) {
        INT.setRelease(cells, offset(slot), state.code());
    }

    /**
     * Reads the state of a slot.
     *
     * @param slot row, from 0
     * @return the state as its writer last wrote it
     * @throws IllegalStateException if the cell holds a code that this version does not know
     */
    public SlotState state(int slot) {
        return SlotState.of((int) INT.getAcquire(cells, offset(slot)));
    }

    /**
     * Writes the generation of a slot.
     *
     * @param slot row, from 0
     * @param generation number of the configuration that the child was started from
     */
    public void generation(int slot, int generation) {
        INT.setRelease(cells, offset(slot) + GENERATION_OFFSET, generation);
    }

    /**
     * Reads the generation of a slot.
     *
     * @param slot row, from 0
     * @return the number, 0 if no child ever lived there
     */
    public int generation(int slot) {
        return (int) INT.getAcquire(cells, offset(slot) + GENERATION_OFFSET);
    }

    /**
     * Writes how many threads serve connections in a slot.
     *
     * @param slot row, from 0
     * @param total all of them
     * @param spare those that wait for a connection
     */
    public void threads(int slot, int total, int spare) {
        INT.setRelease(cells, offset(slot) + THREADS_OFFSET, total);
        INT.setRelease(cells, offset(slot) + SPARE_OFFSET, spare);
    }

    /**
     * Reads how many threads serve connections in a slot.
     *
     * @param slot row, from 0
     * @return the number as the child last wrote it
     */
    public int threads(int slot) {
        return (int) INT.getAcquire(cells, offset(slot) + THREADS_OFFSET);
    }

    /**
     * Reads how many threads wait for a connection in a slot.
     *
     * @param slot row, from 0
     * @return the number as the child last wrote it
     */
    public int spareThreads(int slot) {
        return (int) INT.getAcquire(cells, offset(slot) + SPARE_OFFSET);
    }

    /**
     * What a child serves.
     *
     * @param slot row, from 0
     * @return that part of the row
     */
    public Traffic traffic(int slot) {
        return new Traffic(cells, offset(slot) + TRAFFIC_OFFSET);
    }

    /**
     * Says whether connections wait and no child is idle. Called by the parent.
     *
     * @param pressure whether it is so
     */
    public void pressure(boolean pressure) {
        INT.setRelease(cells, PRESSURE_OFFSET, pressure ? 1 : 0);
    }

    /**
     * Whether connections wait and no child is idle.
     *
     * @return what the parent last said
     */
    public boolean isUnderPressure() {
        return (int) INT.getAcquire(cells, PRESSURE_OFFSET) != 0;
    }

    /**
     * Makes a row ready for a new child, in the state {@link SlotState#STARTING}. Called by the parent while no child
     * lives there.
     *
     * @param slot row, from 0
     * @param generation number of the configuration that the child is started from
     */
    public void begin(int slot, int generation) {
        generation(slot, generation);
        threads(slot, 0, 0);
        traffic(slot).clear();
        state(slot, SlotState.STARTING);
    }

    private int offset(int slot) {
        if (slot < 0 || slot >= slots) {
            throw new IndexOutOfBoundsException("slot " + slot + " of a scoreboard with " + slots + " slots");
        }
        return HEADER_BYTES + slot * SLOT_BYTES;
    }

    /** Removes the file; only the parent that made it calls this. Mappings of children stay valid until they end. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
