package io.github.jettympm.scoreboard;

/**
 * The part of a slot beside its state and its rows: what its process says of itself as a whole, and what the parent has
 * noted of it.
 */
public final class ProcessFigures {
    static final int BYTES = 192;

    /** In place of a number of bytes: it is not known. */
    public static final long UNKNOWN = -1;

    private static final int UNCOUNTED_REQUESTS = 0; // one cache line, of all serving threads
    private static final int UNCOUNTED_BYTES = 8;
    private static final int UNCOUNTED_BUSY = 16;
    private static final int UNCOUNTED_ACTIVE = 24;
    private static final int OPEN = 64; // one cache line, of a thread that looks now and then
    private static final int WAITING = 68;
    private static final int IDLE = 72;
    private static final int HEAP = 80;
    private static final int METASPACE = 88;
    private static final int PID = 128; // one cache line, of the parent
    private static final int STARTED = 136;
    private static final int SLOW = 96; // of the thread that looks for slow requests

    private final Cells cells;
    private final int offset;

    ProcessFigures(Cells cells, int offset) {
        this.cells = cells;
        this.offset = offset;
    }

    void clear() {
        cells.clear(offset, BYTES);
        memory(UNKNOWN, UNKNOWN);
    }

    /** A request begins for which there is no row. Any thread may call it. */
    void uncountedBegins() {
        cells.addInt(offset + UNCOUNTED_ACTIVE, 1);
    }

    /** A request ends for which there was no row. Any thread may call it. */
    void uncountedEnds(long bytes, long nanos) {
        cells.addLong(offset + UNCOUNTED_REQUESTS, 1);
        cells.addLong(offset + UNCOUNTED_BYTES, bytes);
        cells.addLong(offset + UNCOUNTED_BUSY, nanos);
        cells.addInt(offset + UNCOUNTED_ACTIVE, -1);
    }

    /** Requests that are served now and for which there was no row. */
    int uncountedActive() {
        return Math.max(0, cells.getInt(offset + UNCOUNTED_ACTIVE));
    }

    /** What those were that have ended, without connections. */
    Totals uncounted() {
        return new Totals(
                0,
                cells.getLong(offset + UNCOUNTED_REQUESTS),
                cells.getLong(offset + UNCOUNTED_BYTES),
                cells.getLong(offset + UNCOUNTED_BUSY),
                slowRequests());
    }

    /**
     * Says which process it is. Called by the parent.
     *
     * @param pid number of the process
     * @param started when it was started, in milliseconds since 1970
     */
    public void process(long pid, long started) {
        cells.setLong(offset + PID, pid);
        cells.setLong(offset + STARTED, started);
    }

    /**
     * Number of the process.
     *
     * @return 0 if there never was one
     */
    public long pid() {
        return cells.getLong(offset + PID);
    }

    /**
     * When the process was started.
     *
     * @return milliseconds since 1970
     */
    public long started() {
        return cells.getLong(offset + STARTED);
    }

    /**
     * Says how many connections and threads there are. Called by one thread, now and then.
     *
     * @param open connections
     * @param waiting those of them without a request
     * @param idle threads that could take a request now
     */
    public void load(int open, int waiting, int idle) {
        cells.setInt(offset + OPEN, open);
        cells.setInt(offset + WAITING, waiting);
        cells.setInt(offset + IDLE, idle);
    }

    /**
     * Connections that are open.
     *
     * @return the number as it was last written
     */
    public int open() {
        return Math.max(0, cells.getInt(offset + OPEN));
    }

    /**
     * Connections without a request.
     *
     * @return the number as it was last written
     */
    public int waiting() {
        return Math.max(0, cells.getInt(offset + WAITING));
    }

    /**
     * Threads that could take a request.
     *
     * @return the number as it was last written
     */
    public int idle() {
        return Math.max(0, cells.getInt(offset + IDLE));
    }

    /**
     * Says how much memory is in use. Called by one thread, now and then.
     *
     * @param heap bytes that were in use after the last collection, or {@value #UNKNOWN}
     * @param metaspace bytes, or {@value #UNKNOWN}
     */
    public void memory(long heap, long metaspace) {
        cells.setLong(offset + HEAP, heap);
        cells.setLong(offset + METASPACE, metaspace);
    }

    /**
     * Heap in use after the last collection.
     *
     * @return bytes, or {@value #UNKNOWN}
     */
    public long heapAfterGc() {
        return Math.max(UNKNOWN, cells.getLong(offset + HEAP));
    }

    /**
     * Metaspace in use.
     *
     * @return bytes, or {@value #UNKNOWN}
     */
    public long metaspace() {
        return Math.max(UNKNOWN, cells.getLong(offset + METASPACE));
    }

    /** Counts a request that is slow. Called by one thread. */
    public void slowRequest() {
        cells.increase(offset + SLOW, 1);
    }

    /**
     * Requests that were slow.
     *
     * @return the number since the process was started
     */
    public long slowRequests() {
        return cells.getLong(offset + SLOW);
    }
}
