package io.github.jettympm.scoreboard;

/** Why another child takes the place of one. The codes stand in a file that other processes read, so they never change. */
public enum RecycleCause {
    /** It has taken as many connections as it may. */
    CONNECTIONS(0, "maxConnectionsPerChild"),

    /** It has served for as long as it may. */
    LIFETIME(1, "maxChildLifetime"),

    /** It has as much resident memory as it may. */
    MEMORY(2, "maxChildRss"),

    /** It was started from an older configuration. */
    RESTART(3, "gracefulRestart");

    private final int code;
    private final String words;

    RecycleCause(int code, String words) {
        this.code = code;
        this.words = words;
    }

    int code() {
        return code;
    }

    /**
     * The setting or the operation behind it.
     *
     * @return its name
     */
    public String words() {
        return words;
    }
}
