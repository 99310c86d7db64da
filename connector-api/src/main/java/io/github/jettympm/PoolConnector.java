package io.github.jettympm;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.RequestTimes;
import io.github.jettympm.settings.SpareServers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * How many children a connector keeps of which each serves one request at a time, with the names and meanings of httpd's prefork
 * MPM, and what is done about requests that take too long. A number of -1 stands for its default.
 */
@ManagedObject("HTTP connector with a pool of child processes")
public abstract class PoolConnector extends ChildConnector {
    private String pm = ProcessManagement.DYNAMIC.toString();
    private int startServers = SpareServers.DEFAULT;
    private int minSpareServers = SpareServers.DEFAULT;
    private int maxSpareServers = SpareServers.DEFAULT;
    private int maxRequestWorkers = PoolSize.DEFAULT;
    private int serverLimit = PoolSize.DEFAULT;
    private Duration processIdleTimeout = SpareServers.DEFAULTS.idleTimeout();
    private Duration slowRequestThreshold = Duration.ZERO;
    private Duration requestTerminateTimeout = Duration.ZERO;
    private Duration keepAliveUnderPressure = RequestTimes.DEFAULT_PRESSED;

    /**
     * Makes a connector that is not started.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected PoolConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
    }

    @Override
    boolean isOneRequestAtATime() {
        return true;
    }

    @Override
    RequestTimes requestTimes() {
        return new RequestTimes(
                getPropertyPrefix(), slowRequestThreshold, requestTerminateTimeout, keepAliveUnderPressure);
    }

    @Override
    Optional<PoolSize> poolSize() {
        var spares = new SpareServers(startServers, minSpareServers, maxSpareServers, processIdleTimeout);
        ProcessManagement management = ProcessManagement.parse(getPropertyPrefix() + ".pm", pm);
        return Optional.of(new PoolSize(getPropertyPrefix(), management, spares, maxRequestWorkers, serverLimit));
    }

    /**
     * What makes the pool start and end children (php-fpm's {@code pm}).
     *
     * @return {@code dynamic} by default
     */
    @ManagedAttribute("What makes the pool start and end children: dynamic, static or ondemand")
    public String getPm() {
        return pm;
    }

    /**
     * Sets what makes the pool start and end children. Takes effect when the connector is started, which refuses a name
     * that it does not know; so it is with all settings here.
     *
     * @param pm {@code dynamic}: as many idle children are kept as lies between {@code minSpareServers} and {@code
     *     maxSpareServers}; {@code static}: {@code startServers} children are kept; {@code ondemand}: a child is started
     *     when a connection waits and ends when it was idle for {@code processIdleTimeout}
     */
    public void setPm(String pm) {
        this.pm = pm;
    }

    /**
     * How many children the pool begins with (httpd's {@code StartServers}).
     *
     * @return -1 by default: 5, or {@code maxRequestWorkers} if that is less
     */
    @ManagedAttribute("Number of child processes to begin with, -1 for the default")
    public int getStartServers() {
        return startServers;
    }

    /**
     * Sets how many children the pool begins with, and keeps if {@code pm} is {@code static}. The first starts alone, and
     * the others when it is ready. Has no effect if {@code pm} is {@code ondemand}, which begins with one.
     *
     * @param startServers 1 to {@code maxRequestWorkers}, or -1 for 5, or {@code maxRequestWorkers} if that is less
     */
    public void setStartServers(int startServers) {
        this.startServers = startServers;
    }

    /**
     * How many children are idle at the least (httpd's {@code MinSpareServers}).
     *
     * @return -1 by default: 5, or a limit that is less
     */
    @ManagedAttribute("Number of idle child processes at the least, -1 for the default")
    public int getMinSpareServers() {
        return minSpareServers;
    }

    /**
     * Sets how many children are idle at the least; if fewer are, others are started: 1, 2, 4 ... 32 in a second, as long
     * as there are too few. A child that starts counts as idle. Has an effect only if {@code pm} is {@code dynamic}, and then
     * at once if the connector runs.
     *
     * @param minSpareServers 1 to {@code maxRequestWorkers}, or -1 for 5, or a limit that is less
     * @throws IllegalArgumentException if the connector runs and the number is out of its range
     */
    public void setMinSpareServers(int minSpareServers) {
        pool().ifPresent(pool -> pool.spares(minSpareServers, maxSpareServers));
        this.minSpareServers = minSpareServers;
    }

    /**
     * How many children are idle at the most (httpd's {@code MaxSpareServers}).
     *
     * @return -1 by default: 10, or {@code minSpareServers} if that is more, or {@code maxRequestWorkers} if that is less
     */
    @ManagedAttribute("Number of idle child processes at the most, -1 for the default")
    public int getMaxSpareServers() {
        return maxSpareServers;
    }

    /**
     * Sets how many children are idle at the most; if more are, one ends in a second. Has an effect only if {@code pm} is
     * {@code dynamic}, and then at once if the connector runs.
     *
     * @param maxSpareServers {@code minSpareServers} to {@code maxRequestWorkers}, or -1 for the default
     * @throws IllegalArgumentException if the connector runs and the number is out of its range
     */
    public void setMaxSpareServers(int maxSpareServers) {
        pool().ifPresent(pool -> pool.spares(minSpareServers, maxSpareServers));
        this.maxSpareServers = maxSpareServers;
    }

    /**
     * How many children serve at the most (httpd's {@code MaxRequestWorkers}).
     *
     * @return -1 by default: as many as memory allows
     */
    @ManagedAttribute("Number of child processes that serve at the most, -1 for as many as memory allows")
    public int getMaxRequestWorkers() {
        return maxRequestWorkers;
    }

    /**
     * Sets how many children serve at the most, and so how many connections are served at once; others wait in the queue
     * of the listening socket. Has no effect if {@code pm} is {@code static}, but as a limit for {@code startServers}.
     *
     * @param maxRequestWorkers 1 to {@value PoolSize#MOST_CHILDREN}, or -1 for as many as memory allows; the log says at
     *     the start how many that are, and why
     */
    public void setMaxRequestWorkers(int maxRequestWorkers) {
        this.maxRequestWorkers = maxRequestWorkers;
    }

    /**
     * How many child processes there are at the most (httpd's {@code ServerLimit}).
     *
     * @return -1 by default: a quarter more than {@code maxRequestWorkers}
     */
    @ManagedAttribute("Number of child processes at the most, -1 for a quarter more than may serve")
    public int getServerLimit() {
        return serverLimit;
    }

    /**
     * Sets how many child processes there are at the most: those that serve, those that start to take the place of others,
     * and those that finish what they have begun.
     *
     * @param serverLimit at least one more than {@code maxRequestWorkers}, or -1 for a quarter more
     */
    public void setServerLimit(int serverLimit) {
        this.serverLimit = serverLimit;
    }

    /**
     * How long a child may be idle that was started on demand (php-fpm's {@code pm.process_idle_timeout}).
     *
     * @return milliseconds, 10,000 by default
     */
    @ManagedAttribute("Time that a child process may be idle if pm is ondemand, in milliseconds")
    public long getProcessIdleTimeout() {
        return processIdleTimeout.toMillis();
    }

    /**
     * Sets how long a child may be idle that was started on demand; then it ends. Has an effect only if {@code pm} is {@code
     * ondemand}.
     *
     * @param processIdleTimeout milliseconds, 1 or more
     */
    public void setProcessIdleTimeout(long processIdleTimeout) {
        this.processIdleTimeout = Duration.ofMillis(processIdleTimeout);
    }

    /**
     * How long a kept-alive connection may be without a request while others wait and no child is idle.
     *
     * @return milliseconds, 250 by default
     */
    @ManagedAttribute(
            "Time that a kept-alive connection may be without a request while others wait, in milliseconds, -1 for no limit")
    public long getKeepAliveUnderPressure() {
        return keepAliveUnderPressure.toMillis();
    }

    /**
     * Sets how long a kept-alive connection may be without a request while others wait and no child is idle. Responses say
     * {@code Connection: close} then, and the connections that have been without a request for longer than this are ended,
     * those first that have been so for longest. One whose next request has arrived is served.
     *
     * @param keepAliveUnderPressure milliseconds, 0 or more, or -1 to let others wait
     */
    public void setKeepAliveUnderPressure(long keepAliveUnderPressure) {
        this.keepAliveUnderPressure = Duration.ofMillis(keepAliveUnderPressure);
    }

    /**
     * After which time a request is slow (php-fpm's {@code request_slowlog_timeout}).
     *
     * @return milliseconds, 0 by default: never
     */
    @ManagedAttribute(
            "Time after which the stack of the thread that serves a request is logged, in milliseconds, 0 for never")
    public long getSlowRequestThreshold() {
        return slowRequestThreshold.toMillis();
    }

    /**
     * Sets after which time the log says, once, where the thread is that serves a request. It is not stopped for that. Of an
     * asynchronous request it is the thread that began it, which may do something else by then.
     *
     * @param slowRequestThreshold milliseconds, up to a day, or 0 for never
     */
    public void setSlowRequestThreshold(long slowRequestThreshold) {
        this.slowRequestThreshold = Duration.ofMillis(slowRequestThreshold);
    }

    /**
     * After which time a request is ended together with its child (php-fpm's {@code request_terminate_timeout}).
     *
     * @return milliseconds, 0 by default: never
     */
    @ManagedAttribute("Time after which a request is ended together with its child, in milliseconds, 0 for never")
    public long getRequestTerminateTimeout() {
        return requestTerminateTimeout.toMillis();
    }

    /**
     * Sets after which time a request is ended together with its child, once the log says where its thread was. A child that
     * cannot end itself is killed 5 seconds later. The time is that from the head of the request to the end of its response,
     * so a long poll, a slow upload, and a client that reads slowly count, too.
     *
     * @param requestTerminateTimeout milliseconds, up to a day, or 0 for never
     */
    public void setRequestTerminateTimeout(long requestTerminateTimeout) {
        this.requestTerminateTimeout = Duration.ofMillis(requestTerminateTimeout);
    }
}
