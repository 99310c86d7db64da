package io.github.jettympm.event;

import io.github.jettympm.endpoint.RequestProgress;
import java.util.EventListener;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A connection of HTTP/1 in clear text that can be given up between two requests: parser, generator and channel take
 * 2 KB. A {@link DozingConnection} takes its place and makes another one when the next byte comes, which goes on with the
 * id, the figures and the numbers of requests of this one.
 *
 * <p>It stays as long as anyone may rely on this object: one that has a listener or an attribute is never given up, and
 * those of a configuration with {@link Connection.Listener}s are made by Jetty alone.
 */
final class AwakeConnection extends HttpConnection {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final HttpConnectionFactory factory;
    private final EventEndPoint endPoint;
    private final DozingConnection past; // null before the first sleep
    private boolean listened;
    private boolean lettingGo; // of the loop's holder

    private AwakeConnection(
            HttpConnectionFactory factory, Connector connector, EventEndPoint endPoint, DozingConnection past) {
        super(factory.getHttpConfiguration(), connector, endPoint);
        this.factory = factory;
        this.endPoint = endPoint;
        this.past = past;
        setTransferEncodingChunkMaxLength(factory.getTransferEncodingChunkMaxLength());
        setInputBufferSize(factory.getInputBufferSize());
    }

    /**
     * Makes the connection of an endpoint that was just accepted.
     *
     * @param connector says which protocol
     * @param endPoint where it is
     * @return one of these if that is as good as what the connector's factory makes, or else that
     */
    static Connection open(Connector connector, EventEndPoint endPoint) {
        ConnectionFactory factory = connector.getDefaultConnectionFactory();
        return factory.getClass() == HttpConnectionFactory.class
                        && !hasListener(connector.getEventListeners())
                        && !hasListener(((HttpConnectionFactory) factory).getEventListeners())
                ? new AwakeConnection((HttpConnectionFactory) factory, connector, endPoint, null)
                : factory.newConnection(connector, endPoint);
    }

    private static boolean hasListener(Iterable<EventListener> listeners) {
        for (EventListener listener : listeners) {
            if (listener instanceof Connection.Listener) {
                return true;
            }
        }
        return false;
    }

    /** Makes the connection that goes on after a sleep; its endpoint has yet to hear of it. */
    static AwakeConnection after(DozingConnection past) {
        EventEndPoint endPoint = past.getEndPoint();
        return new AwakeConnection(past.factory(), endPoint.connector(), endPoint, past);
    }

    HttpConnectionFactory factory() {
        return factory;
    }

    /**
     * Gives its place to one that dozes, and its wait for the client as well. Called by the loop's holder, for a
     * connection that waits.
     *
     * @return false if it has to stay
     */
    synchronized boolean doze() {
        if (isReplaceable() && letGo()) {
            DozingConnection dozing = new DozingConnection(this);
            endPoint.setConnection(dozing);
            endPoint.getFillInterest().register(dozing);
            return true;
        }
        return false;
    }

    private boolean isReplaceable() {
        return RequestProgress.isAtStart(this)
                && !listened
                && getAttributeNameSet().isEmpty()
                && (past != null || getId().equals(id(hash(), number())))
                && !endPoint.isOutputShutdown()
                && getInputBufferSize() == factory.getInputBufferSize()
                && getTransferEncodingChunkMaxLength() == factory.getTransferEncodingChunkMaxLength();
    }

    /** Takes the callback out of the endpoint. The only way is to call it; {@link #onFillable} does nothing then. */
    private boolean letGo() {
        lettingGo = true;
        boolean free = endPoint.getFillInterest().fillable();
        lettingGo = false;
        if (free && !RequestProgress.isAtStart(this)) { // a timeout came in between, and what it left to be called
            fillInterested();
            free = false;
        }
        return free;
    }

    @Override
    public void onFillable() {
        if (!lettingGo) {
            super.onFillable();
        }
    }

    /** Whether there is another connection in its place, which hears what this one is told by who has kept it. */
    private boolean isReplaced() {
        return endPoint.getConnection() instanceof DozingConnection
                || endPoint.getConnection() instanceof AwakeConnection other && other != this;
    }

    @Override
    public synchronized void addEventListener(EventListener listener) {
        if (isReplaced()) {
            endPoint.getConnection().addEventListener(listener);
        } else {
            super.addEventListener(listener);
            listened |= listener instanceof Connection.Listener;
        }
    }

    @Override
    public synchronized void removeEventListener(EventListener listener) {
        if (isReplaced()) {
            endPoint.getConnection().removeEventListener(listener);
        } else {
            super.removeEventListener(listener);
        }
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
        return past == null ? super.newHttpStream(method, uri, version) : new NumberedStream(method, uri, version);
    }

    @Override
    public String getId() {
        return past == null ? super.getId() : id(past.hash(), past.number());
    }

    /** The hash in the id, which is that of the first of these connections. */
    int hash() {
        return past == null ? hashCode() : past.hash();
    }

    /**
     * Jetty's number of the first of these connections, with which its id ends.
     *
     * @return -1 if it ends otherwise
     */
    long number() {
        if (past != null) {
            return past.number();
        }
        String id = super.getId();
        try {
            return Long.parseLong(id, id.lastIndexOf('#') + 1, id.length(), 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** As Jetty makes it. To keep two numbers takes 60 bytes less than to keep the text. */
    private String id(int hash, long number) {
        return getRemoteSocketAddress() + "@" + HEX.toHexDigits(hash) + "#" + number;
    }

    @Override
    public long getCreatedTimeStamp() {
        return past == null ? super.getCreatedTimeStamp() : past.getCreatedTimeStamp();
    }

    @Override
    public long getMessagesIn() {
        return past == null ? super.getMessagesIn() : past.getMessagesIn() + super.getMessagesIn();
    }

    @Override
    public long getMessagesOut() {
        return past == null ? super.getMessagesOut() : past.getMessagesOut() + super.getMessagesOut();
    }

    @Override
    public long getBytesIn() {
        return past == null ? super.getBytesIn() : past.getBytesIn() + super.getBytesIn();
    }

    @Override
    public long getBytesOut() {
        return past == null ? super.getBytesOut() : past.getBytesOut() + super.getBytesOut();
    }

    /** A request with the number that it would have without the sleep: ids of requests are unique in a connection. */
    final class NumberedStream extends HttpStreamOverHTTP1 {
        private final String id = Long.toString(getMessagesIn());

        NumberedStream(String method, String uri, HttpVersion version) {
            super(method, uri, version);
        }

        @Override
        public String getId() {
            return id;
        }
    }
}
