package io.github.jettympm.scoreboard;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The rows of a process that serves many requests at once. A request takes a free one and gives it back; which are taken
 * is a bit for each in words of 64, and a thread begins to look at a word of its own, so that few meet at one.
 */
final class SharedRows implements RequestRows {
    private static final int WORD = Long.SIZE;
    private static final int STRIDE = 64 / Long.BYTES; // a cache line for each word
    private static final int NONE = -1;

    private final Traffic[] rows;
    private final ProcessFigures figures;
    private final int words;
    private final AtomicLongArray taken;

    SharedRows(Traffic[] rows, ProcessFigures figures) {
        this.rows = rows;
        this.figures = figures;
        this.words = rows.length / WORD + 1;
        this.taken = new AtomicLongArray(words * STRIDE);
        taken.set((words - 1) * STRIDE, -1L << rows.length % WORD); // there are no such rows
    }

    @Override
    public Traffic begins(String client, String method, String path, long now) {
        int free = claim();
        if (free == NONE) {
            figures.uncountedBegins();
            return null;
        }
        Traffic row = rows[free];
        row.requestBegins(client, method, path, now);
        return row;
    }

    @Override
    public void ends(Traffic row, long began, long bytes, long now) {
        if (row == null) {
            figures.uncountedEnds(bytes, now - began);
        } else {
            row.requestEnds(bytes, now, Activity.NONE);
            release(row.number());
        }
    }

    @Override
    public void upgraded(long now) {
        // The row of the request is another's by now.
    }

    private int claim() {
        int first = (int) (Thread.currentThread().getId() % words);
        for (int i = 0; i < words; i++) {
            int word = (first + i) % words;
            int bit = claimIn(word * STRIDE);
            if (bit != NONE) {
                return word * WORD + bit;
            }
        }
        return NONE;
    }

    private int claimIn(int at) {
        long seen = taken.get(at);
        while (seen != -1L) {
            long bit = Long.lowestOneBit(~seen);
            long witness = taken.compareAndExchange(at, seen, seen | bit);
            if (witness == seen) {
                return Long.numberOfTrailingZeros(bit);
            }
            seen = witness;
        }
        return NONE;
    }

    /** The bit is set, and nobody else clears it, so to subtract it is to clear it. */
    private void release(int row) {
        taken.getAndAdd(row / WORD * STRIDE, -(1L << row % WORD));
    }
}
