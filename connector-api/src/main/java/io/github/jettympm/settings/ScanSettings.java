package io.github.jettympm.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Whether the parent looks for new applications itself.
 *
 * @param prefix what the names of the properties begin with, such as {@code jetty.prefork}
 * @param directory where applications are
 * @param seconds time from one look to the next, 0 for never
 */
public record ScanSettings(String prefix, Path directory, int seconds) {
    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

    // Checks the number.
    public ScanSettings {
        Ranges.require(prefix + ".scanInterval", seconds, 0, MOST_SECONDS);
    }

    /**
     * Whether it looks at all.
     *
     * @return false by default
     */
    public boolean isWanted() {
        return seconds > 0;
    }
}
