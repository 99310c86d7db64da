package io.github.jettympm.scoreboard;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of the header that tells of a pool as a whole: what its parent has counted. One thread at a time writes it, the
 * heartbeat; {@link #listenQueue} and {@link #listenQueueLimit} are written by whoever looks at the socket.
 */
public final class PoolFigures {
    /** In place of a number of connections: the system does not tell. */
    public static final int UNKNOWN = -1;

    /** In place of an exit status: one of those for which there was no room. */
    public static final int OTHER_STATUS = -1;

    private static final int QUEUE = 128;
    private static final int QUEUE_LIMIT = 132;
    private static final int LIMIT_REACHED = 136;
    private static final int RECYCLES = 144; // a number for each code
    private static final int ENDED = 256; // the numbers of Totals
    private static final int CRASHES = 320; // status, whether there is one, and the number
    private static final int CRASH_BYTES = 16;
    private static final int CRASH_ENTRIES = 16;
    private static final int CRASH_USED = 4;
    private static final int CRASH_NUMBER = 8;

    private final Cells cells;

    PoolFigures(Cells cells) {
        this.cells = cells;
    }

    /**
     * Says how many connections wait to be accepted.
     *
     * @param waiting the number, or {@value #UNKNOWN}
     */
    public void listenQueue(int waiting) {
        cells.setInt(QUEUE, waiting);
    }

    /**
     * How many connections wait to be accepted.
     *
     * @return the number as it was last written, or {@value #UNKNOWN}
     */
    public int listenQueue() {
        return Math.max(UNKNOWN, cells.getInt(QUEUE));
    }

    /**
     * Says how many connections may wait.
     *
     * @param most the number, or {@value #UNKNOWN}
     */
    public void listenQueueLimit(int most) {
        cells.setInt(QUEUE_LIMIT, most);
    }

    /**
     * How many connections may wait.
     *
     * @return the number, or {@value #UNKNOWN}
     */
    public int listenQueueLimit() {
        return Math.max(UNKNOWN, cells.getInt(QUEUE_LIMIT));
    }

    /** Counts that there are as many children as allowed and a connection waits. */
    public void limitReached() {
        cells.increase(LIMIT_REACHED, 1);
    }

    /**
     * How often there were as many children as allowed and a connection waited.
     *
     * @return the number
     */
    public long timesLimitReached() {
        return cells.getLong(LIMIT_REACHED);
    }

    /**
     * Counts a child whose place another takes.
     *
     * @param cause why
     */
    public void recycled(RecycleCause cause) {
        cells.increase(RECYCLES + cause.code() * Long.BYTES, 1);
    }

    /**
     * Children whose place another took.
     *
     * @return the numbers, without those that are 0
     */
    public Map<RecycleCause, Long> recycles() {
        Map<RecycleCause, Long> numbers = new EnumMap<>(RecycleCause.class);
        for (RecycleCause cause : RecycleCause.values()) {
            long number = cells.getLong(RECYCLES + cause.code() * Long.BYTES);
            if (number != 0) {
                numbers.put(cause, number);
            }
        }
        return numbers;
    }

    /**
     * Counts a child that ended although nobody had asked it to.
     *
     * @param status exit status of its process
     */
    public void crashed(int status) {
        for (int i = 0; i < CRASH_ENTRIES; i++) {
            int entry = CRASHES + i * CRASH_BYTES;
            boolean last = i == CRASH_ENTRIES - 1;
            if (cells.getInt(entry + CRASH_USED) == 0) {
                cells.setInt(entry, last ? OTHER_STATUS : status);
                cells.setInt(entry + CRASH_USED, 1);
            }
            if (cells.getInt(entry) == status || last) {
                cells.increase(entry + CRASH_NUMBER, 1);
                return;
            }
        }
    }

    /**
     * Children that ended although nobody had asked them.
     *
     * @return the number for each exit status, in the order in which they came; {@value #OTHER_STATUS} for all those for
     *     which there was no room
     */
    public Map<Integer, Long> crashes() {
        Map<Integer, Long> numbers = new LinkedHashMap<>();
        for (int i = 0; i < CRASH_ENTRIES; i++) {
            int entry = CRASHES + i * CRASH_BYTES;
            if (cells.getInt(entry + CRASH_USED) != 0) {
                numbers.merge(cells.getInt(entry), cells.getLong(entry + CRASH_NUMBER), Long::sum);
            }
        }
        return numbers;
    }

    /** Notes what a child had served that has ended. */
    void ended(Totals child) {
        Totals sum = ended().plus(child);
        cells.setLong(ENDED, sum.connections());
        cells.setLong(ENDED + 8, sum.requests());
        cells.setLong(ENDED + 16, sum.bytes());
        cells.setLong(ENDED + 24, sum.busyTime());
        cells.setLong(ENDED + 32, sum.slowRequests());
    }

    /**
     * What children had served that have ended.
     *
     * @return the sums
     */
    public Totals ended() {
        return new Totals(
                cells.getLong(ENDED),
                cells.getLong(ENDED + 8),
                cells.getLong(ENDED + 16),
                cells.getLong(ENDED + 24),
                cells.getLong(ENDED + 32));
    }
}
