package io.github.jettympm.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What makes a pool start and end children, with the names that php-fpm gives it ({@code pm}). */
public enum ProcessManagement {
    /** As many idle children are kept as lies between two limits, as httpd does. */
    DYNAMIC,

    /** The number of children is always the same. */
    STATIC,

    /** A child is started when a connection waits, and ends when it was idle for some time. */
    ONDEMAND;

    /**
     * Finds the constant for what an operator wrote.
     *
     * @param property the name under which the operator set the value, such as {@code jetty.prefork.pm}
     * @param text a name in upper or lower case
     * @return the constant of that name
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static ProcessManagement parse(String property, String text) {
        return Arrays.stream(values())
                .filter(it -> it.toString().equalsIgnoreCase(text.trim()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(property + "=" + text + " is not known: use "
                        + Arrays.stream(values())
                                .map(ProcessManagement::toString)
                                .collect(Collectors.joining(", "))));
    }

    /** As an operator writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
