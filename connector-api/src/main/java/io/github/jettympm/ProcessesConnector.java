package io.github.jettympm;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.Ranges;
import io.github.jettympm.settings.SpareServers;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connector that serves many requests at once: in this process, or in a number of child processes that share them. */
@ManagedObject("HTTP connector that serves in this process or in several")
public abstract class ProcessesConnector extends ChildConnector {
    private int processes;

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
        Ranges.require(propertyPrefix() + ".processes", processes, 0, PoolSize.MOST_CHILDREN);
        return processes == 0 ? Optional.empty() : Optional.of(alwaysSoMany());
    }

    private PoolSize alwaysSoMany() {
        SpareServers spares = new SpareServers(
                processes, SpareServers.DEFAULT, SpareServers.DEFAULT, SpareServers.DEFAULTS.idleTimeout());
        return new PoolSize(propertyPrefix(), ProcessManagement.STATIC, spares, PoolSize.DEFAULT, PoolSize.DEFAULT);
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
}
