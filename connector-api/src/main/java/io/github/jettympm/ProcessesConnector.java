package io.github.jettympm;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.Ranges;
import io.github.jettympm.settings.SpareServers;
import io.github.jettympm.settings.SpareThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connector that serves many requests at once: in this process, or in child processes that share them. Their number is fixed,
 * or follows the number of idle threads, with the names and meanings of httpd's worker and event MPMs.
 */
@ManagedObject("HTTP connector that serves in this process or in several")
public abstract class ProcessesConnector extends ChildConnector {
    private int processes;
    private int startServers;
    private int threadsPerChild = SpareThreads.DEFAULT_PER_CHILD;
    private int minSpareThreads = SpareThreads.DEFAULT;
    private int maxSpareThreads = SpareThreads.DEFAULT;
    private int serverLimit = PoolSize.DEFAULT;

    /**
     * Makes a connector that is not started.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected ProcessesConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
    }

    @Override
    Optional<PoolSize> poolSize() {
        Ranges.require(getPropertyPrefix() + ".processes", processes, 0, PoolSize.MOST_CHILDREN);
        Ranges.require(getPropertyPrefix() + ".startServers", startServers, 0, PoolSize.MOST_CHILDREN);
        if (followsThreads()) {
            return Optional.of(asManyAsThreadsNeed());
        }
        return processes == 0 ? Optional.empty() : Optional.of(alwaysSoMany());
    }

    @Override
    List<String> settingsWithoutEffect() {
        List<String> names = new ArrayList<>();
        if (!followsThreads()) {
            if (threadsPerChild != SpareThreads.DEFAULT_PER_CHILD) {
                names.add(".threadsPerChild=" + threadsPerChild);
            }
            if (serverLimit != PoolSize.DEFAULT) {
                names.add(".serverLimit=" + serverLimit);
            }
        }
        return names.stream()
                .map(name -> getPropertyPrefix() + name + " has no effect without " + getPropertyPrefix()
                        + ".startServers, which lets the number of child processes follow the load")
                .toList();
    }

    @Override
    String withoutChildren() {
        String set = followsThreads() ? ".startServers" : ".processes";
        return "set " + getPropertyPrefix() + set + "=0, and the server's own process serves";
    }

    /**
     * Whether there are children, and their number follows that of idle threads.
     *
     * @return true if {@code startServers} is set
     */
    protected boolean followsThreads() {
        return startServers > 0;
    }

    private PoolSize asManyAsThreadsNeed() {
        if (processes > 0) {
            throw new IllegalArgumentException(getPropertyPrefix() + ".processes=" + processes + " and "
                    + getPropertyPrefix() + ".startServers=" + startServers
                    + " exclude each other: the first is for a fixed number of child processes");
        }
        var threads = new SpareThreads(threadsPerChild, minSpareThreads, maxSpareThreads);
        return PoolSize.ofThreads(getPropertyPrefix(), startServers, threads, getMaxRequestWorkers(), serverLimit);
    }

    private PoolSize alwaysSoMany() {
        SpareServers spares = new SpareServers(
                processes, SpareServers.DEFAULT, SpareServers.DEFAULT, SpareServers.DEFAULTS.idleTimeout());
        return new PoolSize(getPropertyPrefix(), ProcessManagement.STATIC, spares, PoolSize.DEFAULT, PoolSize.DEFAULT);
    }

    /**
     * How many child processes serve.
     *
     * @return 0 by default: this process does
     */
    @ManagedAttribute("Number of child processes that serve, 0 to serve in this process")
    public int getProcesses() {
        return processes;
    }

    /**
     * Sets how many child processes serve, each many requests at once with threads of its own. This process runs no
     * application then; a child that ends is replaced. Takes effect when the connector is started, which refuses a number
     * out of range.
     *
     * @param processes 1 to {@value PoolSize#MOST_CHILDREN}, or 0 to serve in this process
     */
    public void setProcesses(int processes) {
        this.processes = processes;
    }

    /**
     * How many child processes there are to begin with, if their number follows the load (httpd's {@code StartServers}).
     *
     * @return 0 by default: their number is that of {@link #getProcesses()}
     */
    @ManagedAttribute("Number of child processes to begin with, 0 for a fixed number of processes")
    public int getStartServers() {
        return startServers;
    }

    /**
     * Sets how many child processes there are to begin with. Then further ones start when fewer than {@code minSpareThreads}
     * threads are idle in all of them together, 1, 2, 4 ... 32 in a second, and one ends in a second when more than {@code
     * maxSpareThreads} are. A child that starts counts as idle. Takes effect when the connector is started; so it is with
     * all settings here.
     *
     * @param startServers 1 to {@code maxRequestWorkers / threadsPerChild}, or 0 for a fixed number of processes
     */
    public void setStartServers(int startServers) {
        this.startServers = startServers;
    }

    /**
     * How many requests a child serves at once, if the number of children follows the load (httpd's {@code ThreadsPerChild}).
     *
     * @return {@value SpareThreads#DEFAULT_PER_CHILD} by default
     */
    @ManagedAttribute("Requests that a child process serves at once, if their number follows the load")
    public int getThreadsPerChild() {
        return threadsPerChild;
    }

    /**
     * Sets how many requests a child serves at once. Has no effect unless {@code startServers} is set.
     *
     * @param threadsPerChild 1 to {@value SpareThreads#MOST_PER_CHILD}
     */
    public void setThreadsPerChild(int threadsPerChild) {
        this.threadsPerChild = threadsPerChild;
    }

    /**
     * How many requests all children together serve at the most, if their number follows the load (httpd's {@code
     * MaxRequestWorkers}).
     *
     * @return a multiple of {@link #getThreadsPerChild()}, or 0 for those of as many children as memory allows, and of 16 at
     *     the most
     */
    public abstract int getMaxRequestWorkers();

    /**
     * How many threads are idle at the least (httpd's {@code MinSpareThreads}): those of all children, if their number follows
     * the load.
     *
     * @return -1 by default: 75 then, or as many as other limits allow
     */
    @ManagedAttribute("Number of idle threads at the least, -1 for the default")
    public int getMinSpareThreads() {
        return minSpareThreads;
    }

    /**
     * Sets how many threads are idle at the least: of all children together, if {@code startServers} is set.
     *
     * @param minSpareThreads 1 to {@code maxRequestWorkers}, or -1 for the default
     */
    public void setMinSpareThreads(int minSpareThreads) {
        this.minSpareThreads = minSpareThreads;
    }

    /**
     * How many threads are idle at the most (httpd's {@code MaxSpareThreads}): those of all children, if their number follows
     * the load.
     *
     * @return -1 by default: 250 then, or {@code minSpareThreads + threadsPerChild} if that is more
     */
    @ManagedAttribute("Number of idle threads at the most, -1 for the default")
    public int getMaxSpareThreads() {
        return maxSpareThreads;
    }

    /**
     * Sets how many threads are idle at the most: of all children together, if {@code startServers} is set.
     *
     * @param maxSpareThreads {@code minSpareThreads + threadsPerChild} or more, or -1 for the default
     */
    public void setMaxSpareThreads(int maxSpareThreads) {
        this.maxSpareThreads = maxSpareThreads;
    }

    /**
     * How many child processes there are at the most, if their number follows the load (httpd's {@code ServerLimit}).
     *
     * @return -1 by default: a quarter more than serve at the most
     */
    @ManagedAttribute(
            "Number of child processes at the most, if it follows the load, -1 for a quarter more than may serve")
    public int getServerLimit() {
        return serverLimit;
    }

    /**
     * Sets how many child processes there are at the most: those that serve, those that start to take the place of others,
     * and those that finish what they have begun. Has no effect unless {@code startServers} is set.
     *
     * @param serverLimit at least one more than {@code maxRequestWorkers / threadsPerChild}, or -1 for a quarter more
     */
    public void setServerLimit(int serverLimit) {
        this.serverLimit = serverLimit;
    }
}
