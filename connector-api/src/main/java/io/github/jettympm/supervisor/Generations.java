package io.github.jettympm.supervisor;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which configuration children are started from, and the change from one to the next. Only one thread at a time may use
 * it.
 *
 * <pre>
 *              renewal asked for            configuration read
 *   SERVING -------------------&gt; READING --------------------&gt; BOOTING
 *    ^   ^                          | failed                     |  |
 *    |   +--------------------------+----------------------------+  | pilot ready:
 *    +--------------------------------------------------------------+ the next generation
 * </pre>
 *
 * A failure leaves everything as it was. A renewal that is asked for meanwhile begins when the state is SERVING again.
 */
final class Generations {
    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    /** Number of the configuration that the parent was started with. */
    static final int FIRST = 1;

    /** Where the change is. */
    enum State {
        /** No change is under way. */
        SERVING,

        /** The command line of the next generation is being made. */
        READING,

        /** The first child of the next generation, its pilot, is to start, or starts. */
        BOOTING
    }

    private State state = State.SERVING;
    private int current = FIRST;
    private ChildLauncher launcher;
    private ChildLauncher next;
    private ChildHandle pilot;
    private CompletableFuture<Integer> wanted; // not begun
    private CompletableFuture<Integer> underWay = new CompletableFuture<>();

    Generations(ChildLauncher first) {
        this.launcher = first;
    }

    int current() {
        return current;
    }

    ChildLauncher launcher() {
        return launcher;
    }

    /**
     * Asks for a change.
     *
     * @return completed with the number of the next generation when its first child is ready, or with the reason why
     *     there is none
     */
    CompletableFuture<Integer> want() {
        if (wanted == null) {
            wanted = new CompletableFuture<>();
        }
        return wanted;
    }

    /** Begins what was asked for, if nothing is under way; then the reader is to bring {@link #read} or {@link #failed}. */
    void beginIfWanted(Consumer<ChildLauncher> reader) {
        if (state == State.SERVING && wanted != null) {
            underWay = wanted;
            wanted = null;
            state = State.READING;
            reader.accept(launcher);
        }
    }

    void read(ChildLauncher renewed) {
        next = renewed;
        state = State.BOOTING;
    }

    /** Whether the pilot of the next generation has to be started. */
    boolean needsPilot() {
        return state == State.BOOTING && pilot == null;
    }

    int nextNumber() {
        return current + 1;
    }

    ChildLauncher nextLauncher() {
        return next;
    }

    void booting(ChildHandle child) {
        pilot = child;
    }

    boolean isPilot(ChildHandle child) {
        return child.equals(pilot);
    }

    /** The pilot is ready: from now on children are started from the new configuration. */
    void succeeded() {
        current++;
        launcher = next;
        LOG.info(
                "generation {} is ready ({}); children of generation {} end one after the other",
                current,
                pilot,
                current - 1);
        CompletableFuture<Integer> done = underWay;
        settle();
        done.complete(current);
    }

    /** There will be no next generation. */
    void failed(String reason) {
        LOG.error(
                "generation {} did not start, and generation {} serves on: {}; put the last configuration and applications that"
                        + " worked back, since whatever child of generation {} is started from now on reads what is there then",
                current + 1,
                current,
                reason,
                current);
        CompletableFuture<Integer> done = underWay;
        settle();
        done.completeExceptionally(new IOException(reason));
    }

    /** A child has ended. A pilot that is gone is never ready, whatever became of saying why. */
    void gone(ChildHandle child) {
        if (isPilot(child)) {
            failed(child + " ended before it was ready");
        }
    }

    private void settle() {
        state = State.SERVING;
        pilot = null;
        next = null;
    }

    /** Nobody waits for a change any more. */
    void stop() {
        IOException stopped = new IOException("the children are stopped");
        underWay.completeExceptionally(stopped);
        want().completeExceptionally(stopped);
    }
}
