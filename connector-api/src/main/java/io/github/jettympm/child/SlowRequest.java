package io.github.jettympm.child;

import io.github.jettympm.settings.RequestTimes;

/** Decides what is to be done about a request that is served for long. */
final class SlowRequest {
    private final RequestTimes times;
    private boolean logged;
    private long loggedBegin;

    /** What is to be done. */
    enum Step {
        /** It has not been served for long, or the log says already that it has. */
        NOTHING,

        /** The log is to say where its thread is. */
        LOG,

        /** The log is to say that, and then its process is to end. */
        END
    }

    SlowRequest(RequestTimes times) {
        this.times = times;
    }

    /**
     * What is to be done.
     *
     * @param begin when the request began, which tells it from another
     * @param now the time
     */
    Step look(long begin, long now) {
        long served = now - begin;
        if (!times.terminate().isZero() && served >= times.terminate().toNanos()) {
            return Step.END;
        }
        boolean known = logged && begin == loggedBegin;
        if (times.slow().isZero() || known || served < times.slow().toNanos()) {
            return Step.NOTHING;
        }
        logged = true;
        loggedBegin = begin;
        return Step.LOG;
    }
}
