package io.github.jettympm.settings;

/**
 * Refuses values out of range with a message that names the property, the value and what is allowed. Nothing is ever
 * repaired silently: a typing error in a configuration is found at start, not in production.
 */
public final class Ranges {
    private Ranges() {}

    /**
     * Checks a number against its range.
     *
     * @param property the name under which the operator set the value, such as {@code jetty.worker.maxThreads}
     * @param value the value
     * @param least the smallest value allowed
     * @param most the greatest value allowed
     * @return the value
     * @throws IllegalArgumentException if the value is out of the range
     */
    public static int require(String property, int value, int least, int most) {
        return (int) require(property, (long) value, least, most);
    }

    /**
     * Checks a number against its range.
     *
     * @param property the name under which the operator set the value
     * @param value the value
     * @param least the smallest value allowed
     * @param most the greatest value allowed
     * @return the value
     * @throws IllegalArgumentException if the value is out of the range
     */
    public static long require(String property, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    property + "=" + value + " is out of range: use " + least + " to " + most);
        }
        return value;
    }
}
