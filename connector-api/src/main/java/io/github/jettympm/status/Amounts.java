package io.github.jettympm.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures for people: short, with their unit. */
final class Amounts {
    static final String UNKNOWN = "–";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH);
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final int STEP = 1024;
    private static final double TEN = 10;
    private static final double HUNDRED = 100;
    private static final double MILLIS = 1e3;

    private Amounts() {}

    /** Of memory or traffic; {@link #UNKNOWN} if it is negative. */
    static String bytes(long bytes) {
        if (bytes < 0) {
            return UNKNOWN;
        }
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : number(amount)) + " " + UNITS[unit];
    }

    /** Three digits or so. */
    static String number(double number) {
        if (number == 0 || number >= HUNDRED) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, number >= TEN ? "%.1f" : "%.2f", number);
    }

    static String count(long number) {
        return number < 0 ? UNKNOWN : String.format(Locale.ROOT, "%,d", number);
    }

    /** The largest unit, and the next one unless there is none of it. */
    static String time(Duration time) {
        if (time.toDays() > 0) {
            return units(time.toDays(), "d", time.toHoursPart(), "h");
        }
        if (time.toHours() > 0) {
            return units(time.toHours(), "h", time.toMinutesPart(), "min");
        }
        if (time.toMinutes() > 0) {
            return units(time.toMinutes(), "min", time.toSecondsPart(), "s");
        }
        return time.toSeconds() > 0 ? units(time.toSeconds(), "s", 0, "") : time.toMillis() + " ms";
    }

    private static String units(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small > 0 ? " " + small + " " + smallUnit : "");
    }

    /** Without the unit. */
    static String seconds(Duration time) {
        return number(time.toMillis() / MILLIS);
    }

    static String moment(Instant moment) {
        return TIME.format(moment.atOffset(ZoneOffset.UTC));
    }
}
