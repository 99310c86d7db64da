package io.github.jettympm.bench.report;

import java.util.Locale;

/** Numbers as the tables show them: three figures that count. */
public final class Numbers {
    private Numbers() {}

    /** A value of any size. */
    public static String of(double value) {
        if (value == Math.rint(value) && value < 1_000) {
            return Long.toString((long) value);
        }
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Bytes as MB. */
    public static String megabytes(double bytes) {
        return of(bytes / 1024 / 1024);
    }
}
