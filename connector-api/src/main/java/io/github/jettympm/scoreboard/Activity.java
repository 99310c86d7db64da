package io.github.jettympm.scoreboard;

/**
 * What is done in a row of the scoreboard, with httpd's letters (scoreboard.h). The codes stand in a file that other
 * processes read, so they never change their meaning.
 */
public enum Activity {
    /** There is no request, and in a process with one connection at a time never was a connection. */
    NONE(0, '_'),

    /** It waits for the first request of a connection. */
    READING(1, 'R'),

    /** It handles a request and writes the response. */
    WRITING(2, 'W'),

    /** It waits for the next request of a connection. */
    KEEP_ALIVE(3, 'K'),

    /** Its connection speaks another protocol than HTTP since a request has asked for that, such as WebSocket; httpd writes there, too. */
    UPGRADED(4, 'W');

    private final int code;
    private final char letter;

    Activity(int code, char letter) {
        this.code = code;
        this.letter = letter;
    }

    int code() {
        return code;
    }

    /**
     * The letter of httpd's scoreboard for this activity.
     *
     * @return a printable ASCII character
     */
    public char letter() {
        return letter;
    }

    /** The activity with that code, {@link #NONE} if there is none: a reader of a damaged file goes on. */
    static Activity of(int code) {
        for (Activity activity : values()) {
            if (activity.code == code) {
                return activity;
            }
        }
        return NONE;
    }
}
