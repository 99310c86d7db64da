package io.github.jettympm.endpoint;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * What an endpoint waits for at a selector, and what it does when that has come.
 *
 * <p>An operation is asked for once ({@link #want}) and reported once ({@link #take}); to be told again, the endpoint
 * asks again. That is how Jetty's {@code FillInterest} and {@code WriteFlusher} use it.
 */
public final class SelectionInterest {
    private final AbstractEndPoint endPoint;
    private final Runnable fillable;
    private final Runnable writable;
    private final Runnable fillableAndWritable;
    private SelectionKey key;
    private int wantedBeforeKey;

    /**
     * Makes the interest of an endpoint that is at no selector yet.
     *
     * @param endPoint the endpoint; its {@code FillInterest} and {@code WriteFlusher} are told what has come
     */
    public SelectionInterest(AbstractEndPoint endPoint) {
        this.endPoint = endPoint;
        this.fillable = new Fillable();
        this.writable = new Writable();
        this.fillableAndWritable = new FillableAndWritable();
    }

    /**
     * Puts the endpoint at a selector. Called by the selector's thread, once.
     *
     * @param newKey the key that the channel got there
     */
    public void attach(SelectionKey newKey) {
        try {
            attachWanted(newKey);
        } catch (CancelledKeyException e) {
            endPoint.close(e);
        }
    }

    private synchronized void attachWanted(SelectionKey newKey) {
        key = newKey;
        if (wantedBeforeKey != 0) {
            key.interestOps(wantedBeforeKey);
        }
    }

    /**
     * Asks for an operation. Any thread may call it; the selector has to be woken up for it to take effect.
     *
     * @param operation {@link SelectionKey#OP_READ} or {@link SelectionKey#OP_WRITE}
     */
    public void want(int operation) {
        try {
            if (!wantedLater(operation)) {
                key.interestOpsOr(operation);
            }
        } catch (CancelledKeyException e) {
            endPoint.close(e);
        }
    }

    private synchronized boolean wantedLater(int operation) {
        if (key == null) {
            wantedBeforeKey |= operation;
        }
        return key == null;
    }

    /**
     * Takes what has come. Called by the selector's thread for a selected key.
     *
     * @return the task that tells the endpoint, with the {@code InvocationType} of what it will call; null if nothing
     *     that was asked for has come
     */
    public Runnable take() {
        int ready = key.readyOps() & key.interestOps();
        key.interestOpsAnd(~ready);
        return switch (ready) {
            case SelectionKey.OP_READ -> fillable;
            case SelectionKey.OP_WRITE -> writable;
            case SelectionKey.OP_READ | SelectionKey.OP_WRITE -> fillableAndWritable;
            default -> null;
        };
    }

    /**
     * The task that tells the endpoint of content, for content that did not come through the selector.
     *
     * @return a task for any thread
     */
    public Runnable fillable() {
        return fillable;
    }

    private void tellFillable() {
        if (endPoint instanceof TimedEndPoint timed) {
            timed.progress().read(endPoint.getFillInterest()::fillable);
        } else {
            endPoint.getFillInterest().fillable();
        }
    }

    private class Fillable implements Invocable.Task {
        @Override
        public void run() {
            tellFillable();
        }

        @Override
        public InvocationType getInvocationType() {
            return endPoint.getFillInterest().getCallbackInvocationType();
        }
    }

    private class Writable implements Invocable.Task {
        @Override
        public void run() {
            endPoint.getWriteFlusher().completeWrite();
        }

        @Override
        public InvocationType getInvocationType() {
            return endPoint.getWriteFlusher().getCallbackInvocationType();
        }
    }

    private class FillableAndWritable implements Invocable.Task {
        @Override
        public void run() {
            endPoint.getWriteFlusher().completeWrite();
            tellFillable();
        }

        @Override
        public InvocationType getInvocationType() {
            boolean nonBlocking = endPoint.getWriteFlusher().getCallbackInvocationType() == InvocationType.NON_BLOCKING
                    && endPoint.getFillInterest().getCallbackInvocationType() == InvocationType.NON_BLOCKING;
            return nonBlocking ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING;
        }
    }
}
