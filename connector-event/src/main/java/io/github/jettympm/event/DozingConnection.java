package io.github.jettympm.event;

import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.util.Callback;

/**
 * What is left of an {@link AwakeConnection} between two requests. It waits in its place, and makes the next one when a
 * byte or the end comes, or the wait is over for another reason.
 */
final class DozingConnection implements Connection, Callback {
    private final EventEndPoint endPoint;
    private final HttpConnectionFactory factory;
    private final int hash;
    private final long number;
    private final long created;
    private final long messagesIn;
    private final long messagesOut;
    private final long bytesIn;
    private final long bytesOut;
    private List<EventListener> listeners = List.of();
    private AwakeConnection next; // null while it dozes

    /** What is left of a connection. */
    DozingConnection(AwakeConnection connection) {
        endPoint = (EventEndPoint) connection.getEndPoint();
        factory = connection.factory();
        hash = connection.hash();
        number = connection.number();
        created = connection.getCreatedTimeStamp();
        messagesIn = connection.getMessagesIn();
        messagesOut = connection.getMessagesOut();
        bytesIn = connection.getBytesIn();
        bytesOut = connection.getBytesOut();
    }

    HttpConnectionFactory factory() {
        return factory;
    }

    int hash() {
        return hash;
    }

    long number() {
        return number;
    }

    /** The next byte has come, or the end. Called by a thread that runs requests. */
    @Override
    public void succeeded() {
        wake().onFillable();
    }

    @Override
    public void failed(Throwable cause) {
        if (endPoint.isOpen()) {
            wake().onFillInterestedFailed(cause);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return endPoint.connector().getServer().getInvocationType();
    }

    private synchronized AwakeConnection wake() {
        next = AwakeConnection.after(this);
        endPoint.setConnection(next);
        listeners.forEach(next::addEventListener);
        return next;
    }

    /** Who adds one here was not told of the opening, but will be told of the close. */
    @Override
    public synchronized void addEventListener(EventListener listener) {
        if (next != null) {
            next.addEventListener(listener);
            return;
        }
        List<EventListener> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = more;
    }

    @Override
    public synchronized void removeEventListener(EventListener listener) {
        if (next != null) {
            next.removeEventListener(listener);
        } else {
            listeners = listeners.stream().filter(other -> other != listener).toList();
        }
    }

    @Override
    public void onOpen() {
        // it was open before
    }

    @Override
    public synchronized void onClose(Throwable cause) {
        if (!listeners.isEmpty()) {
            wake().onClose(cause);
        }
    }

    @Override
    public EventEndPoint getEndPoint() {
        return endPoint;
    }

    @Override
    public void close() {
        endPoint.close();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return true;
    }

    @Override
    public long getMessagesIn() {
        return messagesIn;
    }

    @Override
    public long getMessagesOut() {
        return messagesOut;
    }

    @Override
    public long getBytesIn() {
        return bytesIn;
    }

    @Override
    public long getBytesOut() {
        return bytesOut;
    }

    @Override
    public long getCreatedTimeStamp() {
        return created;
    }
}
