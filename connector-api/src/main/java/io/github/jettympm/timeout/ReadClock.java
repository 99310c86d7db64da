package io.github.jettympm.timeout;

import io.github.jettympm.settings.KeepAliveSettings;
import io.github.jettympm.settings.RequestReadTimeout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long the client of one connection takes, and tells when that is too long.
 *
 * <pre>
 *   HEADER --request begins--&gt; BODY --request ends--&gt; KEEP_ALIVE
 *   |  ^ ^                                                |
 *   |  | +------------------ first byte ------------------+
 *   |  +---- secured ----+
 *   +-- handshaking --&gt; HANDSHAKE              any --upgraded--&gt; UPGRADED
 * </pre>
 *
 * <p>The thread that serves the connection tells it what happens: one thread at a time, with the order between them that
 * handing a connection over brings. Any thread may ask whether it is {@linkplain #takeExpired too late}. Times are those of {@link
 * System#nanoTime()}, given by the caller.
 */
public final class ReadClock {
    private static final long NEVER = Long.MAX_VALUE;
    private static final VarHandle DEADLINE;

    static {
        try {
            DEADLINE = MethodHandles.lookup().findVarHandle(ReadClock.class, "deadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final KeepAliveSettings settings;
    private final long origin; // all other times are counted from here, so that they can be compared
    private ReadStage stage = ReadStage.HEADER;
    private boolean waiting;
    private long began; // the stage, or in BODY the wait
    private long bytes; // of the stage
    private long waited; // in BODY, before this wait
    private long deadline = NEVER; // of the wait; what was written before it can be read by whoever sees it

    /**
     * Makes the clock of a connection that was just accepted.
     *
     * @param settings the limits
     * @param now the time
     */
    public ReadClock(KeepAliveSettings settings, long now) {
        this.settings = settings;
        this.origin = now;
    }

    /**
     * The connection begins to wait for its client.
     *
     * @param now the time
     */
    public void awaiting(long now) {
        waiting = true;
        long limit = deadlineOfWait(now - origin);
        DEADLINE.setRelease(this, limit);
    }

    private long deadlineOfWait(long time) {
        RequestReadTimeout limits = settings.requestReadTimeout();
        return switch (stage) {
            case HANDSHAKE -> deadline(began, limits.handshake());
            case HEADER -> deadline(began, limits.header());
            case BODY -> {
                began = time;
                yield deadline(time - waited, limits.body());
            }
            case KEEP_ALIVE ->
                settings.hasKeepAliveTimeout()
                        ? time + TimeUnit.MILLISECONDS.toNanos(settings.keepAliveTimeout())
                        : NEVER;
            case UPGRADED -> NEVER;
        };
    }

    private long deadline(long from, RequestReadTimeout.Stage limit) {
        return limit.isLimited() ? from + limit.limitNanos(bytes) : NEVER;
    }

    /**
     * The wait is over. Has no effect if there was none.
     *
     * @param now the time
     */
    public void awaited(long now) {
        if (!waiting) {
            return;
        }
        waiting = false;
        DEADLINE.setRelease(this, NEVER);
        if (stage == ReadStage.BODY) {
            waited += now - origin - began;
        }
    }

    /**
     * Bytes have come.
     *
     * @param count how many, 0 or more
     * @param now the time
     */
    public void received(int count, long now) {
        if (stage == ReadStage.KEEP_ALIVE && count > 0) {
            enter(ReadStage.HEADER, now - origin);
        }
        bytes += count;
    }

    /** TLS is spoken before anything else. Has no effect once {@link #secured} was called or a request has begun. */
    public void handshaking() {
        if (stage == ReadStage.HEADER && began == 0) {
            stage = ReadStage.HANDSHAKE;
        }
    }

    /**
     * The TLS handshake is done. Has no effect later.
     *
     * @param now the time
     */
    public void secured(long now) {
        if (stage == ReadStage.HANDSHAKE) {
            enter(ReadStage.HEADER, now - origin);
        }
    }

    /** The head of a request is complete. */
    public void requestBegins() {
        enter(ReadStage.BODY, 0);
    }

    /** A request and its response are complete. */
    public void requestEnds() {
        if (stage == ReadStage.BODY) {
            enter(ReadStage.KEEP_ALIVE, 0);
        }
    }

    /** The connection speaks another protocol from now on. */
    public void upgraded() {
        stage = ReadStage.UPGRADED;
    }

    private void enter(ReadStage next, long time) {
        stage = next;
        began = time;
        bytes = 0;
        waited = 0;
    }

    /**
     * What the connection waits for, or last waited for.
     *
     * @return the stage
     */
    public ReadStage stage() {
        return stage;
    }

    /**
     * Whether anything has come of what the connection waits for.
     *
     * @return false if the stage has brought no byte yet
     */
    public boolean hasReceived() {
        return bytes > 0;
    }

    /**
     * How long the connection may still wait. Any thread may ask.
     *
     * @param now the time
     * @return nanoseconds, 0 if that is over, {@link Long#MAX_VALUE} if it does not wait or there is no limit
     */
    public long remaining(long now) {
        long limit = (long) DEADLINE.getAcquire(this);
        return limit == NEVER ? NEVER : Math.max(0, limit - (now - origin));
    }

    /**
     * Whether the connection has waited for too long, and waits still; then it is said once. Any thread may ask.
     *
     * @param now the time
     * @return what it has waited for, the first time that this is asked after the deadline of a wait, and else null. It may wait no more, or
     *     for something else, when the caller hears of it
     */
    public ReadStage takeExpired(long now) {
        long limit = (long) DEADLINE.getAcquire(this);
        ReadStage awaited = stage; // of that wait: it changes between two only
        return limit != NEVER && now - origin >= limit && DEADLINE.compareAndSet(this, limit, NEVER) ? awaited : null;
    }
}
