package io.github.jettympm.scoreboard;

/**
 * A row of the scoreboard: what is served there, one request at a time. The process whose row it is writes it, one thread
 * at a time but for {@link #oneOfManyTaken}, with neither a system call nor an object; only {@link #endKeepAlive} is the
 * parent's. A reader needs no lock; a text that it reads while it is written may be a mixture.
 *
 * <p>Times are those of {@link System#nanoTime()}, which is one clock for all processes of a Linux machine.
 */
public final class Traffic {
    static final int BYTES = 448;

    private static final int CONNECTIONS = 0;
    private static final int REQUESTS = 8;
    private static final int SENT = 16;
    private static final int SINCE = 24;
    private static final int LAST_DURATION = 32;
    private static final int ACTIVITY = 40;
    private static final int CLIENT = 44; // length, then characters: an IPv6 address with a zone
    private static final int CLIENT_LIMIT = 60;
    private static final int BUSY = 112;
    private static final int REQUEST = 128; // length, then characters
    private static final int REQUEST_LIMIT = 252;
    private static final int END_KEEP_ALIVE = 384; // in a cache line that the child only reads

    private final Cells cells;
    private final int offset;
    private final int number;

    Traffic(Cells cells, int offset, int number) {
        this.cells = cells;
        this.offset = offset;
        this.number = number;
    }

    /** Number of the row in its process, from 0. */
    int number() {
        return number;
    }

    /** Forgets what was served here, if anything was. Called by the parent before it starts another child. */
    void clear() {
        if (isUsed() || connections() != 0) {
            cells.clear(offset, BYTES);
        }
    }

    /**
     * Whether there ever was a request or a connection here.
     *
     * @return false for a row that was never written, but for {@link #oneOfManyTaken}
     */
    public boolean isUsed() {
        return since() != 0;
    }

    /**
     * A connection was accepted.
     *
     * @param client address of the client
     * @param now the time
     */
    public void connectionTaken(String client, long now) {
        cells.setText(offset + CLIENT, CLIENT_LIMIT, client, "");
        cells.setText(offset + REQUEST, 0, "", "");
        enter(Activity.READING, now);
        cells.increase(offset + CONNECTIONS, 1);
    }

    /** A connection was accepted by a process that serves many at once, of which only the number is told. Any thread may call it. */
    public void oneOfManyTaken() {
        cells.addLong(offset + CONNECTIONS, 1L);
    }

    /**
     * A request begins on the connection that was taken last.
     *
     * @param method such as {@code GET}
     * @param path path of its URI; a query string does not belong here
     * @param now the time
     */
    public void requestBegins(String method, String path, long now) {
        cells.setText(offset + REQUEST, REQUEST_LIMIT, method, path);
        enter(Activity.WRITING, now);
    }

    /**
     * A request of any connection begins.
     *
     * @param client address of the client
     * @param method such as {@code GET}
     * @param path path of its URI; a query string does not belong here
     * @param now the time
     */
    void requestBegins(String client, String method, String path, long now) {
        cells.setText(offset + CLIENT, CLIENT_LIMIT, client, "");
        requestBegins(method, path, now);
    }

    /**
     * The request that has begun is complete, and its connection waits for the next.
     *
     * @param bytes what was sent
     * @param now the time
     */
    public void requestEnds(long bytes, long now) {
        requestEnds(bytes, now, Activity.KEEP_ALIVE);
    }

    /**
     * The connection whose request is complete speaks another protocol from now on. Has no effect when it does already.
     *
     * @param now the time
     */
    void upgraded(long now) {
        if (activity() == Activity.KEEP_ALIVE) {
            enter(Activity.UPGRADED, now);
        }
    }

    /** The request that has begun is complete. */
    void requestEnds(long bytes, long now, Activity next) {
        long duration = now - since();
        cells.setLong(offset + LAST_DURATION, duration);
        cells.increase(offset + REQUESTS, 1);
        cells.increase(offset + SENT, bytes);
        cells.increase(offset + BUSY, duration);
        enter(next, now);
    }

    private void enter(Activity activity, long now) {
        cells.setLong(offset + SINCE, now);
        cells.setInt(offset + ACTIVITY, activity.code());
    }

    /**
     * Connections that the process was given; in its first row only.
     *
     * @return the number since it was started
     */
    public long connections() {
        return cells.getLong(offset + CONNECTIONS);
    }

    /**
     * Requests that are complete.
     *
     * @return the number since the process was started
     */
    public long requests() {
        return cells.getLong(offset + REQUESTS);
    }

    /**
     * Bytes that were sent for them.
     *
     * @return the number since the process was started
     */
    public long bytes() {
        return cells.getLong(offset + SENT);
    }

    /**
     * How long they took together.
     *
     * @return nanoseconds since the process was started
     */
    public long busyTime() {
        return cells.getLong(offset + BUSY);
    }

    /**
     * What is done here, or was last done if there is no connection any more.
     *
     * @return the activity as it was last written; {@link Activity#NONE} for a code that this version does not know
     */
    public Activity activity() {
        return Activity.of(cells.getInt(offset + ACTIVITY));
    }

    /**
     * Since when that is done.
     *
     * @return the time; 0 if there never was a connection
     */
    public long since() {
        return cells.getLong(offset + SINCE);
    }

    /**
     * How long the last complete request took.
     *
     * @return nanoseconds, 0 if there was none
     */
    public long lastDuration() {
        return cells.getLong(offset + LAST_DURATION);
    }

    /**
     * Address of the client.
     *
     * @return the text, empty if there was no client
     */
    public String client() {
        return cells.getText(offset + CLIENT, CLIENT_LIMIT);
    }

    /**
     * Method and path of the last request.
     *
     * @return the text, cut if it is long, empty if there was none
     */
    public String request() {
        return cells.getText(offset + REQUEST, REQUEST_LIMIT);
    }

    /**
     * Asks the child to end its connection while that waits for the next request. Called by the parent.
     *
     * @param request the number of {@link #requests} after which it waited when this was decided, so that no later wait is
     *     meant, be it on the same connection
     */
    public void endKeepAlive(long request) {
        cells.setLong(offset + END_KEEP_ALIVE, request);
    }

    /**
     * Whether the parent has asked to end the wait for the next request that goes on now.
     *
     * @return true until the next request or connection
     */
    public boolean isToEndKeepAlive() {
        long asked = cells.getLong(offset + END_KEEP_ALIVE);
        return asked > 0 && asked == requests() && activity() == Activity.KEEP_ALIVE;
    }
}
