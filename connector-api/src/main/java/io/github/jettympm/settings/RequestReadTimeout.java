package io.github.jettympm.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client may take to send a request, as httpd's {@code RequestReadTimeout} (mod_reqtimeout): a limit for
 * each of its stages, which grows with what arrives.
 *
 * @param handshake for the TLS handshake, from the begin of the connection
 * @param header for the head of a request, from its first byte, or from the begin of the connection for the first one
 * @param body for the content of a request; only time in which the server waits for the client counts, so that an
 *     application may take as long as it likes between two reads
 */
public record RequestReadTimeout(Stage handshake, Stage header, Stage body) {
    /**
     * As httpd has it (mod_reqtimeout.c), but with a limit for the handshake, too, since that holds a thread here as well:
     * {@code handshake=20 header=20-40,MinRate=500 body=20,MinRate=500}.
     */
    public static final RequestReadTimeout DEFAULT =
            new RequestReadTimeout(new Stage(20, 0, 0), new Stage(20, 40, 500), new Stage(20, 0, 500));

    private static final Pattern STAGE =
            Pattern.compile("(handshake|header|body)=(\\d{1,6})(?:-(\\d{1,6}))?(?:,minrate=(\\d{1,9}))?");
    private static final String SYNTAX =
            "use stages separated by blanks, such as " + DEFAULT + "; 0 seconds for a stage without a limit";

    /**
     * Reads the syntax of the directive; a stage that is not named has its default.
     *
     * @param property the name under which the operator set the value, such as {@code jetty.worker.requestReadTimeout}
     * @param text the value, such as {@code header=10 body=30,MinRate=1000}; null or blank for the default
     * @return the limits
     * @throws IllegalArgumentException if the text is not in that syntax; the message names the property and shows it
     */
    public static RequestReadTimeout parse(String property, String text) {
        RequestReadTimeout limits = DEFAULT;
        if (text == null || text.isBlank()) {
            return limits;
        }
        for (String word : text.trim().toLowerCase(Locale.ROOT).split("\\s+")) {
            Matcher matcher = STAGE.matcher(word);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        property + "=" + text + " is not understood at " + word + ": " + SYNTAX);
            }
            Stage stage = new Stage(number(matcher.group(2)), number(matcher.group(3)), number(matcher.group(4)));
            stage.check(property, word);
            limits = limits.with(matcher.group(1), stage);
        }
        return limits;
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private RequestReadTimeout with(String name, Stage stage) {
        return switch (name) {
            case "handshake" -> new RequestReadTimeout(stage, header, body);
            case "header" -> new RequestReadTimeout(handshake, stage, body);
            default -> new RequestReadTimeout(handshake, header, stage);
        };
    }

    /** In the syntax of the directive. */
    @Override
    public String toString() {
        return "handshake=" + handshake + " header=" + header + " body=" + body;
    }

    /**
     * The limit of one stage.
     *
     * @param seconds how long it may take if nothing arrives, 0 for no limit
     * @param mostSeconds how long it may take whatever arrives, 0 for as long as the rate is kept
     * @param minRate each time that this many bytes have arrived the client has a second more; 0 for none
     */
    public record Stage(int seconds, int mostSeconds, int minRate) {
        private static final long NANOS_PER_SECOND = 1_000_000_000;

        private void check(String property, String word) {
            if (mostSeconds > 0 && (mostSeconds <= seconds || minRate == 0)) {
                throw new IllegalArgumentException(property + ": " + word
                        + " makes no sense: the second number has to be greater than the first and needs a MinRate, as in "
                        + DEFAULT);
            }
            if (seconds == 0 && minRate > 0) {
                throw new IllegalArgumentException(
                        property + ": " + word + " has a MinRate but no time to begin with, as in " + DEFAULT);
            }
        }

        /**
         * Whether there is a limit at all.
         *
         * @return false if the stage may take any time
         */
        public boolean isLimited() {
            return seconds > 0;
        }

        /**
         * How long the stage may take in all.
         *
         * @param bytes what has arrived of it
         * @return nanoseconds, since this is asked for each wait; {@link Long#MAX_VALUE} without a limit
         */
        public long limitNanos(long bytes) {
            if (!isLimited()) {
                return Long.MAX_VALUE;
            }
            long earned = minRate == 0 ? 0 : bytes * NANOS_PER_SECOND / minRate;
            long limit = seconds * NANOS_PER_SECOND + earned;
            return mostSeconds > 0 ? Math.min(limit, mostSeconds * NANOS_PER_SECOND) : limit;
        }

        /** In the syntax of the directive. */
        @Override
        public String toString() {
            return seconds + (mostSeconds > 0 ? "-" + mostSeconds : "") + (minRate > 0 ? ",MinRate=" + minRate : "");
        }
    }
}
