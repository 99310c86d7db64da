package io.github.jettympm.endpoint;

import io.github.jettympm.MultiProcessConnector;
import io.github.jettympm.scoreboard.RequestRows;
import io.github.jettympm.settings.KeepAliveSettings;
import io.github.jettympm.timeout.ReadClock;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.IO;

/**
 * Where a connection is with its requests, and how long its client takes.
 *
 * <p>One thread at a time tells it what happens: the one that serves the connection. Any thread may ask whether there is
 * a request.
 */
public final class RequestProgress {
    /** The suite of an engine whose handshake has not begun ({@link SSLEngine#getSession()}). */
    private static final String NO_SUITE = "SSL_NULL_WITH_NULL_NULL";

    /** Enough for the other side of the world; nothing is lost if it is not, since the client knows what was not served. */
    private static final long TIME_TO_CLOSE = Duration.ofSeconds(1).toNanos();

    private final EndPoint endPoint;
    private final KeepAliveSettings settings;
    private final ReadClock clock;
    private final ReadingThread reader = new ReadingThread();
    private RequestStream stream; // null until there is a request
    private volatile boolean inRequest;
    private volatile Request request;
    private volatile Thread handler; // the one that called the handlers, until it comes back
    private int requests;
    private long written;
    private RequestReport report; // null if nobody asks for it
    private volatile boolean contentRead;
    private boolean secured;
    private boolean goingAway;
    private long goingAwaySince;

    /**
     * Makes the progress of a connection that was just accepted.
     *
     * @param endPoint the endpoint next to the network
     * @param settings the limits
     */
    public RequestProgress(EndPoint endPoint, KeepAliveSettings settings) {
        this.endPoint = endPoint;
        this.settings = settings;
        this.clock = new ReadClock(settings, System.nanoTime());
    }

    /** Called before the handlers see a request of HTTP/1. */
    void requestBegins(Request begun) {
        requests++;
        request = begun;
        written = 0;
        contentRead = false;
        inRequest = true;
        handler = Thread.currentThread();
        clock.requestBegins();
    }

    /**
     * Lets the calling thread tell the connection that it can read.
     *
     * @param fillable tells it; not called while a malformed request is answered, after which nothing more is read
     */
    public void read(Runnable fillable) {
        if (isMalformedAnswered()) {
            return;
        }
        reader.begins();
        try {
            fillable.run();
        } finally {
            reader.ends();
            if (handler == Thread.currentThread()) {
                handler = null; // if a request goes on, then without this thread
            }
        }
    }

    /**
     * Called before something is written. The answer to a malformed request waits here until the thread that has read it has come back, since
     * Jetty lets a third one read on when it is written. Not over TLS, which holds a lock here that the reader needs.
     */
    public void awaitReader() {
        if (!inRequest && endPoint.getConnection() instanceof HttpConnection && isMalformedAnswered()) {
            reader.awaitEnd();
        }
    }

    /**
     * Whether Jetty has another thread answer a malformed request, which no handler has seen. It begins while the connection is read, and ends
     * with the end of the connection.
     *
     * @return true as long as nothing should be read
     */
    public boolean isMalformedAnswered() {
        return !inRequest
                && connection() instanceof HttpConnection http
                && http.getParser().isTerminated()
                && http.getHttpChannel().getRequest() != null;
    }

    /**
     * Whether it speaks HTTP/1, and nothing of a request has been read since the last one. To be asked by the thread that reads.
     *
     * @return false in the middle of a head
     */
    public boolean isBetweenRequests() {
        return !inRequest && connection() instanceof HttpConnection http && isAtStart(http);
    }

    /**
     * Whether nothing of a request has been read since the last one, if there was one. To be asked by the thread that reads.
     *
     * @param http a connection of HTTP/1
     * @return false in the middle of a request
     */
    public static boolean isAtStart(HttpConnection http) {
        return http.getParser().isStart() && http.isRequestBufferEmpty();
    }

    /** Says on the scoreboard what has begun. */
    void reportTo(RequestRows rows) {
        if (report == null) {
            report = new RequestReport(rows);
        }
        report.begins(request, connection().getBytesOut());
    }

    /** Called by whichever thread completes the request. */
    void requestEnds() {
        if (report != null) {
            report.ends(connection().getBytesOut());
        }
        request = null;
        clock.requestEnds();
        inRequest = false;
    }

    RequestStream stream(MultiProcessConnector connector) {
        if (stream == null) {
            stream = new RequestStream(this, connector);
        }
        return stream;
    }

    /** Gives up what the next request makes again. Called between two requests, by whoever would see the next one come. */
    public void forget() {
        stream = null;
        report = null;
    }

    /** Whether the connection is closed after the request that has begun ({@code maxKeepAliveRequests}). */
    boolean isLastRequest() {
        int most = settings.maxKeepAliveRequests();
        return most > 0 && requests >= most;
    }

    /** The request of HTTP/1 that has begun and is not complete, null if there is none. Any thread may ask. */
    Request request() {
        return request;
    }

    /**
     * Whether a request of HTTP/1 has begun and is not completed.
     *
     * @return true from the call of the first handler until the response is written
     */
    public boolean isInRequest() {
        return inRequest;
    }

    /**
     * Whether there is something that a connector which drains waits for: a request of HTTP/1, be it the first part of its head,
     * or a stream of HTTP/2. Any thread may ask that has seen for how long the connection has been idle.
     *
     * @return false between two requests, before the first one and after the last one, and for other protocols
     */
    public boolean isInFlight() {
        if (inRequest) {
            return true;
        }
        Connection connection = connection();
        if (connection instanceof HttpConnection) {
            return mayWaitForRequest() && isHeadBegun(connection);
        }
        return connection instanceof ConnectionMetaData metaData
                && metaData.getHttpVersion() == HttpVersion.HTTP_2
                && connection.getMessagesIn() > connection.getMessagesOut();
    }

    /**
     * Whether the connection may wait for a request of HTTP/1. Any thread may ask.
     *
     * @return false in the middle of one, and after the last one
     */
    public boolean mayWaitForRequest() {
        Connection connection = connection();
        return !inRequest
                && connection instanceof HttpConnection
                && !connection.getEndPoint().isOutputShutdown();
    }

    /** The last bytes of a handshake may come together with the first ones of a head. */
    private boolean isHeadBegun(Connection connection) {
        return requests == 0 ? connection.getBytesIn() > 0 : clock.hasReceived();
    }

    /**
     * Notes bytes of a response, those of TLS included.
     *
     * @param count how many
     * @return how many it is now since the request began
     */
    public long wrote(long count) {
        written += count;
        return written;
    }

    /** The last piece of the content was read. Called by the thread that reads. */
    void contentRead() {
        contentRead = true;
    }

    /**
     * Whether the request that has begun has content of which the application has not read the end.
     *
     * @return false if there is no request
     */
    public boolean hasUnreadContent() {
        Request current = request;
        return current != null
                && !contentRead
                && (current.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                        || current.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0);
    }

    /**
     * Whether the connection has one request at a time: it speaks HTTP/1, or nothing yet (TLS, ALPN, PROXY protocol).
     *
     * @return false after an upgrade
     */
    public boolean isOneRequestAtATime() {
        return connection() instanceof ConnectionMetaData metaData
                ? metaData.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion()
                : requests == 0;
    }

    /**
     * The connection that speaks the application's protocol, such as HTTP, within that of TLS if there is one.
     *
     * @return the innermost connection
     */
    public Connection connection() {
        Connection connection = endPoint.getConnection();
        while (connection instanceof SslConnection ssl) {
            connection = ssl.getSslEndPoint().getConnection();
        }
        return connection;
    }

    /**
     * Closes the connection because the connector stops. Called by the thread that stops it.
     *
     * <p>An HTTP connection that is closed parses the rest of its content, which no other thread may do meanwhile. One that
     * serves it may be about to; so its endpoint is closed instead, which tells whoever waits, and nobody else. Only an
     * asynchronous request that waits for nothing has to be told by the connection.
     */
    public void end() {
        Connection connection = connection();
        if (connection == null) {
            endPoint.close(); // it is being opened
        } else if (isOneRequestAtATime() && !isSuspended(connection)) {
            connection.getEndPoint().close();
        } else {
            IO.close(endPoint.getConnection());
        }
    }

    /**
     * Ends a connection of HTTP/2 without a stream because others wait: its client is told that nothing more is served here
     * (GOAWAY; RFC 9113, section 6.8), so that it sends its next request elsewhere, be it one that is on its way; and if the
     * client does not close, it is closed some time later. Has no effect on other connections. One thread at a time calls it,
     * again and again as long as others wait.
     */
    public void goAway() {
        Connection connection = connection();
        if (!(connection instanceof ConnectionMetaData) || isOneRequestAtATime() || hasStream(connection)) {
            return;
        }
        long now = System.nanoTime();
        if (!goingAway) {
            goingAway = true;
            goingAwaySince = now;
            connection.close();
        } else if (now - goingAwaySince >= TIME_TO_CLOSE) {
            connection.getEndPoint().close();
        }
    }

    /** Streams are the messages of HTTP/2, those that do not end with a request included, such as WebSocket. */
    private static boolean hasStream(Connection connection) {
        return connection.getMessagesIn() > connection.getMessagesOut();
    }

    private boolean isSuspended(Connection connection) {
        return inRequest && handler == null && !connection.getEndPoint().isFillInterested();
    }

    /** Called before the connection waits for its client. */
    public void awaiting() {
        long now = System.nanoTime();
        if (!inRequest && !isOneRequestAtATime()) {
            upgraded(now);
        } else if (!secured && endPoint.getConnection() instanceof SslConnection ssl) {
            handshake(ssl, now);
        }
        clock.awaiting(now);
    }

    /** Of HTTP/2 there are requests, which say themselves that they begin and end, and no report of this connection's own. */
    private void upgraded(long now) {
        clock.upgraded();
        if (report != null) {
            report.upgraded(now);
        }
    }

    private void handshake(SslConnection ssl, long now) {
        SSLEngine engine = ssl.getSSLEngine();
        secured = engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && !NO_SUITE.equals(engine.getSession().getCipherSuite());
        if (secured) {
            clock.secured(now);
        } else {
            clock.handshaking();
        }
    }

    /**
     * Called when bytes have come, or the wait is over for another reason.
     *
     * @param count how many, 0 or more
     */
    public void received(int count) {
        long now = System.nanoTime();
        clock.awaited(now);
        clock.received(count, now);
    }

    /**
     * What measures the client's time.
     *
     * @return the clock of this connection
     */
    public ReadClock clock() {
        return clock;
    }

    /**
     * Ends a connection whose client takes too long to send the head of a request, with a response for one who has sent
     * a part of it. One who has sent nothing would take the response for that to its next request, as browsers do, which
     * connect in advance.
     */
    public void endLateHead() {
        LateHead.end(connection(), isHeadBegun(connection()));
    }
}
