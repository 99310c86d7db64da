package io.github.jettympm.scoreboard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The part of a row that says what a child serves. The child writes it, but for {@link #oneOfManyTaken} one thread at a time, with neither a system call nor
 * an object; only {@link #endKeepAlive} is the parent's. A reader needs no lock; a text that it reads while it is written
 * may be a mixture.
 *
 * <p>Times are those of {@link System#nanoTime()}, which is one clock for all processes of a Linux machine.
 */
public final class Traffic {
    static final int BYTES = 448;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int CONNECTIONS = 0;
    private static final int REQUESTS = 8;
    private static final int SENT = 16;
    private static final int SINCE = 24;
    private static final int LAST_DURATION = 32;
    private static final int ACTIVITY = 40;
    private static final int CLIENT = 44; // length, then characters: an IPv6 address with a zone
    private static final int CLIENT_LIMIT = 60;
    private static final int REQUEST = 128; // length, then characters
    private static final int REQUEST_LIMIT = 252;
    private static final int END_KEEP_ALIVE = 384; // in a cache line that the child only reads
    private static final int PRINTABLE_FROM = 0x20;
    private static final int PRINTABLE_TO = 0x7e;

    private final ByteBuffer cells;
    private final int offset;

    Traffic(ByteBuffer cells, int offset) {
        this.cells = cells;
        this.offset = offset;
    }

    /** Forgets the child that lived here. Called by the parent before it starts another. */
    void clear() {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            LONG.setRelease(cells, offset + i, 0L);
        }
    }

    /**
     * A connection was accepted.
     *
     * @param client address of the client
     * @param now the time
     */
    public void connectionTaken(String client, long now) {
        write(CLIENT, CLIENT_LIMIT, client, "");
        write(REQUEST, 0, "", "");
        enter(Activity.READING, now);
        add(CONNECTIONS, 1);
    }

    /** A connection was accepted by a child that serves many at once, of which only the number is told. Any thread may call it. */
    public void oneOfManyTaken() {
        LONG.getAndAdd(cells, offset + CONNECTIONS, 1L);
    }

    /**
     * A request begins.
     *
     * @param method such as {@code GET}
     * @param path path of its URI; a query string does not belong here
     * @param now the time
     */
    public void requestBegins(String method, String path, long now) {
        write(REQUEST, REQUEST_LIMIT, method, path);
        enter(Activity.WRITING, now);
    }

    /**
     * The request that has begun is complete.
     *
     * @param bytes what was sent
     * @param now the time
     */
    public void requestEnds(long bytes, long now) {
        LONG.setRelease(cells, offset + LAST_DURATION, now - since());
        add(REQUESTS, 1);
        add(SENT, bytes);
        enter(Activity.KEEP_ALIVE, now);
    }

    private void enter(Activity activity, long now) {
        LONG.setRelease(cells, offset + SINCE, now);
        INT.setRelease(cells, offset + ACTIVITY, activity.code());
    }

    private void add(int column, long number) {
        LONG.setRelease(cells, offset + column, get(column) + number);
    }

    private long get(int column) {
        return (long) LONG.getAcquire(cells, offset + column);
    }

    /** Two words with a blank between them, as far as there is room; what is not printable becomes a question mark. */
    private void write(int column, int limit, String first, String second) {
        INT.setRelease(cells, offset + column, 0);
        int length = append(column, 0, limit, first);
        if (!second.isEmpty()) {
            length = append(column, length, limit, " ");
            length = append(column, length, limit, second);
        }
        INT.setRelease(cells, offset + column, length);
    }

    private int append(int column, int length, int limit, String text) {
        int room = Math.min(text.length(), limit - length);
        for (int i = 0; i < room; i++) {
            char c = text.charAt(i);
            cells.put(offset + column + Integer.BYTES + length + i, (byte) printable(c));
        }
        return length + Math.max(0, room);
    }

    /** Nothing in a text may begin a line of a log, or be taken for a command by a terminal; a child that has gone wild may have written anything. */
    private static char printable(char c) {
        return c >= PRINTABLE_FROM && c <= PRINTABLE_TO ? c : '?';
    }

    private String read(int column, int limit) {
        int length = Math.max(0, Math.min(limit, (int) INT.getAcquire(cells, offset + column)));
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(printable((char) cells.get(offset + column + Integer.BYTES + i)));
        }
        return text.toString();
    }

    /**
     * Connections that the child was given.
     *
     * @return the number since it was started
     */
    public long connections() {
        return get(CONNECTIONS);
    }

    /**
     * Requests that are complete.
     *
     * @return the number since the child was started
     */
    public long requests() {
        return get(REQUESTS);
    }

    /**
     * Bytes that were sent for them.
     *
     * @return the number since the child was started
     */
    public long bytes() {
        return get(SENT);
    }

    /**
     * What the child does with its connection, or last did if it has none.
     *
     * @return the activity as the child last wrote it
     */
    public Activity activity() {
        return Activity.of((int) INT.getAcquire(cells, offset + ACTIVITY));
    }

    /**
     * Since when it does that.
     *
     * @return the time; 0 if it never had a connection
     */
    public long since() {
        return get(SINCE);
    }

    /**
     * How long the last complete request took.
     *
     * @return nanoseconds, 0 if there was none
     */
    public long lastDuration() {
        return get(LAST_DURATION);
    }

    /**
     * Address of the client.
     *
     * @return the text, empty if there was no client
     */
    public String client() {
        return read(CLIENT, CLIENT_LIMIT);
    }

    /**
     * Method and path of the last request of the connection.
     *
     * @return the text, cut if it is long, empty if there was none
     */
    public String request() {
        return read(REQUEST, REQUEST_LIMIT);
    }

    /**
     * Asks the child to end its connection if that waits for the next request. Called by the parent.
     *
     * @param connection the number of {@link #connections} at which this was decided, so that no later one is meant
     */
    public void endKeepAlive(long connection) {
        LONG.setRelease(cells, offset + END_KEEP_ALIVE, connection);
    }

    /**
     * Whether the parent has asked to end the connection that the child has now.
     *
     * @return true until the next connection
     */
    public boolean isToEndKeepAlive() {
        long asked = get(END_KEEP_ALIVE);
        return asked > 0 && asked == connections();
    }
}
