package io.github.jettympm;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.RecycleSettings;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.thread.Scheduler;

/** When the children of a connector have served for long enough, against what leaks. */
@ManagedObject("HTTP connector with child processes that are replaced now and then")
public abstract class RecyclingConnector extends MultiProcessConnector {
    private long maxConnectionsPerChild;
    private long maxChildLifetime;
    private long maxChildRss;
    private int recycleJitter = RecycleSettings.defaults("").jitter();
    private int recycleAtOnce = RecycleSettings.defaults("").atOnce();

    /**
     * Makes a connector that is not started.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected RecyclingConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
    }

    RecycleSettings recycling() {
        return new RecycleSettings(
                getPropertyPrefix(),
                maxConnectionsPerChild,
                Duration.ofMillis(maxChildLifetime),
                maxChildRss,
                recycleJitter,
                recycleAtOnce);
    }

    /**
     * How many connections a child takes until another takes its place (httpd's {@code MaxConnectionsPerChild}).
     *
     * @return 0 by default: any number
     */
    @ManagedAttribute("Connections of a child until another takes its place, 0 for any number")
    public long getMaxConnectionsPerChild() {
        return maxConnectionsPerChild;
    }

    /**
     * Sets how many connections a child takes until another takes its place. It serves on until the other is ready, so they may
     * be some more.
     *
     * @param maxConnectionsPerChild 1 to 2,147,483,647, or 0 for any number
     */
    public void setMaxConnectionsPerChild(long maxConnectionsPerChild) {
        this.maxConnectionsPerChild = maxConnectionsPerChild;
    }

    /**
     * How long a child serves until another takes its place.
     *
     * @return milliseconds, 0 by default: any time
     */
    @ManagedAttribute("Time that a child serves until another takes its place, in milliseconds, 0 for any time")
    public long getMaxChildLifetime() {
        return maxChildLifetime;
    }

    /**
     * Sets how long a child serves until another takes its place.
     *
     * @param maxChildLifetime milliseconds, up to a year, or 0 for any time
     */
    public void setMaxChildLifetime(long maxChildLifetime) {
        this.maxChildLifetime = maxChildLifetime;
    }

    /**
     * How much resident memory a child may have until another takes its place.
     *
     * @return megabytes, 0 by default: any amount
     */
    @ManagedAttribute("Resident memory of a child until another takes its place, in megabytes, 0 for any amount")
    public long getMaxChildRss() {
        return maxChildRss;
    }

    /**
     * Sets how much resident memory a child may have until another takes its place. Pages that it shares with others count. In the
     * first 10 seconds of a child it is no reason: what is too much then would be too much for the next one, too.
     *
     * @param maxChildRss megabytes, up to 1,048,576, or 0 for any amount
     */
    public void setMaxChildRss(long maxChildRss) {
        this.maxChildRss = maxChildRss;
    }

    /**
     * By how much less each of these limits may be for a child.
     *
     * @return percent, 10 by default
     */
    @ManagedAttribute("Percent by which a limit may be less for a child")
    public int getRecycleJitter() {
        return recycleJitter;
    }

    /**
     * Sets by how much less each of these limits may be for a child: each draws its own when it starts, so that children that
     * started together do not end together.
     *
     * @param recycleJitter percent, 0 to 90
     */
    public void setRecycleJitter(int recycleJitter) {
        this.recycleJitter = recycleJitter;
    }

    /**
     * How many children may start at a time to take the place of others.
     *
     * @return 1 by default
     */
    @ManagedAttribute("Number of child processes that may start at a time to take the place of others")
    public int getRecycleAtOnce() {
        return recycleAtOnce;
    }

    /**
     * Sets how many children may start at a time to take the place of others, be it for these limits or for a graceful restart.
     *
     * @param recycleAtOnce 1 to {@value PoolSize#MOST_CHILDREN}
     */
    public void setRecycleAtOnce(int recycleAtOnce) {
        this.recycleAtOnce = recycleAtOnce;
    }
}
