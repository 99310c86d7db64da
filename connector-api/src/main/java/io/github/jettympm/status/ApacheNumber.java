package io.github.jettympm.status;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as httpd prints them with {@code %g}: six digits at the most, no zero before the point, and an exponent for the
 * very large and the very small ({@code apr_gcvt} in apr_snprintf.c).
 */
final class ApacheNumber {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);
    private static final int MOST_ADDED_ZEROS = 4;
    private static final int LEAST_POINT = -3;

    private ApacheNumber() {}

    /**
     * Writes a number.
     *
     * @param number 0 or more
     */
    static String of(double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(number).round(SIX_DIGITS).stripTrailingZeros();
        String digits = rounded.unscaledValue().toString();
        int point = rounded.precision() - rounded.scale(); // digits before it; negative for zeros behind it
        if (point >= 0 && point - digits.length() > MOST_ADDED_ZEROS || point < LEAST_POINT) {
            return withExponent(digits, point - 1);
        }
        if (point <= 0) {
            return "." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length());
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    /** The point is there even if no digit follows it. */
    private static String withExponent(String digits, int exponent) {
        return digits.charAt(0) + "." + digits.substring(1) + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
