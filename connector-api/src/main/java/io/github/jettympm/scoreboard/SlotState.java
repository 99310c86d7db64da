package io.github.jettympm.scoreboard;

/**
 * State of a slot, with httpd's letters (scoreboard.h). The codes stand in a file that other processes read, so they
 * never change their meaning.
 */
public enum SlotState {
    /** No process: an open slot. */
    OPEN(0, '.'),

    /** The process was started and boots. */
    STARTING(1, 'S'),

    /** The process is ready to serve. */
    READY(2, '_'),

    /** The process finishes what it has begun and takes nothing new. */
    DRAINING(3, 'G');

    private final int code;
    private final char letter;

    SlotState(int code, char letter) {
        this.code = code;
        this.letter = letter;
    }

    int code() {
        return code;
    }

    /**
     * The letter of httpd's scoreboard for this state.
     *
     * @return a printable ASCII character
     */
    public char letter() {
        return letter;
    }

    /** The state with that code, {@link #OPEN} if there is none: a reader of a damaged file goes on. */
    static boolean isKnown(int code) {
        return of(code).code == code;
    }

    static SlotState of(int code) {
        for (SlotState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return OPEN;
    }
}
