package io.github.jettympm;

import io.github.jettympm.settings.KeepAliveSettings;
import io.github.jettympm.settings.RequestReadTimeout;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.thread.Scheduler;

/** What a client of HTTP/1 may expect, with the names and meanings that it has in httpd. */
@ManagedObject("HTTP connector with limits for slow and idle clients")
public abstract class KeepAliveConnector extends SocketConnector {
    private long keepAliveTimeout = -1;
    private int maxKeepAliveRequests;
    private String requestReadTimeout = RequestReadTimeout.DEFAULT.toString();
    private String propertyPrefix = ""; // that of the model

    /**
     * Makes a connector that is not started.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected KeepAliveConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
    }

    /**
     * The processing model.
     *
     * @return its name, such as {@code worker}
     */
    protected abstract String model();

    KeepAliveSettings keepAliveSettings() {
        RequestReadTimeout limits =
                RequestReadTimeout.parse(getPropertyPrefix() + ".requestReadTimeout", requestReadTimeout);
        return new KeepAliveSettings(getPropertyPrefix(), keepAliveTimeout, maxKeepAliveRequests, limits);
    }

    /** What the names of properties begin with that all connectors of the model have in common. */
    private String commonPrefix() {
        return "jetty." + model();
    }

    /** A property of its own that is not set has the value of the common one, so the operator may have set that. */
    IllegalArgumentException explained(IllegalArgumentException refusal) {
        boolean own = !getPropertyPrefix().equals(commonPrefix())
                && String.valueOf(refusal.getMessage()).contains(getPropertyPrefix() + ".");
        return own
                ? new IllegalArgumentException(
                        refusal.getMessage() + " (a property " + getPropertyPrefix()
                                + ".X that is not set has the value of " + commonPrefix() + ".X)",
                        refusal)
                : refusal;
    }

    /**
     * What the names of this connector's own properties begin with, for messages that say which to change.
     *
     * @return by default {@code jetty.} and the name of the model, such as {@code jetty.worker}
     */
    @ManagedAttribute("What the names of the properties of this connector begin with")
    public String getPropertyPrefix() {
        return propertyPrefix.isEmpty() ? commonPrefix() : propertyPrefix;
    }

    /**
     * Sets what the names of this connector's own properties begin with, where several connectors of a model have
     * settings of their own. It changes messages only.
     *
     * @param propertyPrefix such as {@code jetty.worker.ssl}, or an empty text for the default
     */
    public void setPropertyPrefix(String propertyPrefix) {
        this.propertyPrefix = propertyPrefix;
    }

    /**
     * How long a connection may be without a request (httpd's {@code KeepAliveTimeout}).
     *
     * @return milliseconds, -1 by default: as long as the idle timeout allows
     */
    @ManagedAttribute("Time that a connection may be without a request, in milliseconds, -1 for the idle timeout")
    public long getKeepAliveTimeout() {
        return keepAliveTimeout;
    }

    /**
     * Sets how long a connection may be without a request, from the end of a response to the first byte of the next
     * request; then it is closed. The idle timeout applies as well. Takes effect when the connector is started, which
     * refuses a number out of range.
     *
     * @param keepAliveTimeout milliseconds from 1 to 86,400,000, or -1 for as long as the idle timeout allows
     */
    public void setKeepAliveTimeout(long keepAliveTimeout) {
        this.keepAliveTimeout = keepAliveTimeout;
    }

    /**
     * How many requests a connection may have (httpd's {@code MaxKeepAliveRequests}).
     *
     * @return a number, 0 by default: any number
     */
    @ManagedAttribute("Requests until a connection is closed, 0 for any number")
    public int getMaxKeepAliveRequests() {
        return maxKeepAliveRequests;
    }

    /**
     * Sets how many requests a connection may have; the response to the last says {@code Connection: close}. Takes
     * effect when the connector is started, which refuses a number out of range.
     *
     * @param maxKeepAliveRequests a number, 0 for any number
     */
    public void setMaxKeepAliveRequests(int maxKeepAliveRequests) {
        this.maxKeepAliveRequests = maxKeepAliveRequests;
    }

    /**
     * How long a client may take to send a request (httpd's {@code RequestReadTimeout}, mod_reqtimeout).
     *
     * @return the limits in seconds and bytes a second, {@code handshake=20 header=20-40,MinRate=500 body=20,MinRate=500}
     *     by default
     */
    @ManagedAttribute("Limits in seconds for a client that sends a request, such as header=20-40,MinRate=500")
    public String getRequestReadTimeout() {
        return requestReadTimeout;
    }

    /**
     * Sets how long a client may take to send a request: the TLS handshake, the head, and the content as far as the
     * server waits for it. A client that takes longer gets a response with the status 408, as far as that is possible,
     * and is disconnected. It applies to HTTP/1 and, for the handshake, to all that is spoken over TLS. Takes effect when
     * the connector is started, which refuses what it does not understand.
     *
     * @param requestReadTimeout stages as in httpd's directive, separated by blanks: {@code header=20-40,MinRate=500}
     *     gives 20 seconds for the head, and one more for each 500 bytes of it that arrive, up to 40; 0 seconds for no
     *     limit; a stage that is not named has its default. Null or blank for the defaults
     */
    public void setRequestReadTimeout(String requestReadTimeout) {
        this.requestReadTimeout = requestReadTimeout;
    }
}
