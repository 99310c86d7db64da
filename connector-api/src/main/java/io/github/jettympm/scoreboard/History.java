package io.github.jettympm.scoreboard;

import java.util.ArrayList;
import java.util.List;

/** The part of the header that tells of the last minutes: a ring of points, the oldest of which is written over. */
public final class History {
    /** Points that are kept. */
    public static final int POINTS = 60;

    private static final int COUNT = 2048; // how many were ever written
    private static final int FIRST = 2112;
    private static final int POINT_BYTES = 32;
    private static final int REQUESTS = 8;
    private static final int BUSY = 16;
    private static final int IDLE = 20;

    private final Cells cells;

    History(Cells cells) {
        this.cells = cells;
    }

    /**
     * A point of the history.
     *
     * @param at milliseconds since 1970
     * @param requestsPerSecond since the point before, 0 or more
     * @param busy threads that handled a request
     * @param idle threads that could have taken one
     */
    public record Point(long at, double requestsPerSecond, int busy, int idle) {}

    /**
     * Adds a point. One thread at a time may call it.
     *
     * @param point later than all others
     */
    public void add(Point point) {
        long count = cells.getLong(COUNT);
        int offset = offset(count);
        cells.setLong(offset, point.at());
        cells.setLong(offset + REQUESTS, Double.doubleToRawLongBits(point.requestsPerSecond()));
        cells.setInt(offset + BUSY, point.busy());
        cells.setInt(offset + IDLE, point.idle());
        cells.setLong(COUNT, count + 1);
    }

    /**
     * The points that are kept.
     *
     * @return up to {@value #POINTS}, oldest first
     */
    public List<Point> points() {
        long count = Math.max(0, cells.getLong(COUNT));
        List<Point> points = new ArrayList<>();
        for (long i = Math.max(0, count - POINTS); i < count; i++) {
            int offset = offset(i);
            points.add(new Point(
                    cells.getLong(offset),
                    rate(Double.longBitsToDouble(cells.getLong(offset + REQUESTS))),
                    Math.max(0, cells.getInt(offset + BUSY)),
                    Math.max(0, cells.getInt(offset + IDLE))));
        }
        if (count >= POINTS && cells.getLong(COUNT) != count) {
            points.remove(0); // it may have been written over meanwhile
        }
        return points;
    }

    /** What a damaged file says is at least a number. */
    private static double rate(double written) {
        return written >= 0 && written < Long.MAX_VALUE ? written : 0;
    }

    private static int offset(long number) {
        return FIRST + (int) Math.floorMod(number, (long) POINTS) * POINT_BYTES;
    }
}
