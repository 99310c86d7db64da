package io.github.jettympm.scoreboard;

/**
 * Whose scoreboard it is; written once, by whoever makes it. Texts are cut.
 *
 * @param pid number of the server's process: the parent, if there are children
 * @param started when the connector was started, in milliseconds since 1970
 * @param maxRequestWorkers how many requests may run at once; -1 if that is not limited
 * @param name of the connector, up to 124 characters
 * @param model such as {@code prefork}, up to 28 characters
 * @param address where it listens, up to 124 characters
 * @param protocols of the connector, up to 124 characters
 * @param version of the server, up to 124 characters
 */
public record Identity(
        long pid,
        long started,
        int maxRequestWorkers,
        String name,
        String model,
        String address,
        String protocols,
        String version) {
    /** Of a scoreboard that nobody has said anything about. */
    public static final Identity NONE = new Identity(0, 0, -1, "", "", "", "", "");

    private static final int PID = 16;
    private static final int STARTED = 24;
    private static final int MAX_REQUEST_WORKERS = 32;
    private static final int NAME = 640;
    private static final int MODEL = 768;
    private static final int MODEL_LIMIT = 28;
    private static final int ADDRESS = 800;
    private static final int PROTOCOLS = 928;
    private static final int VERSION = 1056;
    private static final int LIMIT = 124;

    void write(Cells cells) {
        cells.setLong(PID, pid);
        cells.setLong(STARTED, started);
        cells.setInt(MAX_REQUEST_WORKERS, maxRequestWorkers);
        cells.setText(NAME, LIMIT, name, "");
        cells.setText(MODEL, MODEL_LIMIT, model, "");
        cells.setText(ADDRESS, LIMIT, address, "");
        cells.setText(PROTOCOLS, LIMIT, protocols, "");
        cells.setText(VERSION, LIMIT, version, "");
    }

    static Identity read(Cells cells) {
        return new Identity(
                cells.getLong(PID),
                cells.getLong(STARTED),
                cells.getInt(MAX_REQUEST_WORKERS),
                cells.getText(NAME, LIMIT),
                cells.getText(MODEL, MODEL_LIMIT),
                cells.getText(ADDRESS, LIMIT),
                cells.getText(PROTOCOLS, LIMIT),
                cells.getText(VERSION, LIMIT));
    }
}
