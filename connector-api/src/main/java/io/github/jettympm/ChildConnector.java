package io.github.jettympm;

import io.github.jettympm.settings.ChildUser;
import io.github.jettympm.settings.LaunchSettings;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.RequestTimes;
import io.github.jettympm.settings.ScanSettings;
import io.github.jettympm.supervisor.ShellWords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.annotation.ManagedOperation;
import org.eclipse.jetty.util.annotation.Name;
import org.eclipse.jetty.util.thread.Scheduler;

/** How the children of a connector are started and how they end. */
@ManagedObject("HTTP connector with child processes")
public abstract class ChildConnector extends RecyclingConnector {
    private Duration startTimeout = Duration.ofMinutes(2);
    private Duration drainTimeout = Duration.ofSeconds(30);
    private String jvmArgs = "";
    private List<String> childCommand = List.of();
    private String crashDirectory = "crashes";
    private boolean classDataArchive = true;
    private boolean labelOutput = true;
    private String user = "";
    private String group = "";
    private int scanInterval;
    private String scanDirectory = "webapps";

    /**
     * Makes a connector that is not started.
     *
     * @param server the server this connector accepts connections for
     * @param executor runs what cannot run on a thread of the connector's own, null for the server's
     * @param scheduler runs timeouts, null for the server's
     * @param bufferPool where buffers come from, null for the server's
     * @param factories the protocols of this connector, the first is the default
     */
    protected ChildConnector(
            Server server,
            Executor executor,
            Scheduler scheduler,
            ByteBufferPool bufferPool,
            ConnectionFactory... factories) {
        super(server, executor, scheduler, bufferPool, factories);
    }

    /**
     * How many children there are.
     *
     * @return the size, empty to serve in this process
     */
    abstract Optional<PoolSize> poolSize();

    /** What is looked for in a child that serves one request at a time; by default nothing. */
    RequestTimes requestTimes() {
        return new RequestTimes(getPropertyPrefix(), Duration.ZERO, Duration.ZERO, RequestTimes.NEVER_PRESSED);
    }

    @Override
    protected Optional<PoolSettings> processes() {
        return poolSize()
                .map(size -> new PoolSettings(
                        size,
                        recycling(),
                        requestTimes(),
                        startTimeout,
                        drainTimeout,
                        launchSettings(),
                        scanSettings()));
    }

    @Override
    protected void checkSettings() {
        super.checkSettings();
        PoolSettings.requireDrainTimeout(getPropertyPrefix(), drainTimeout);
    }

    @Override
    Duration drainTimeout() {
        return drainTimeout;
    }

    private ScanSettings scanSettings() {
        return new ScanSettings(getPropertyPrefix(), inBase(scanDirectory), scanInterval);
    }

    private LaunchSettings launchSettings() {
        if (user.isBlank() && !group.isBlank()) {
            throw new IllegalArgumentException(
                    getPropertyPrefix() + ".group=" + group + " needs " + getPropertyPrefix() + ".user");
        }
        Optional<ChildUser> children =
                user.isBlank() ? Optional.empty() : Optional.of(new ChildUser(getPropertyPrefix(), user, group));
        return new LaunchSettings(jvmOptions(), inBase(crashDirectory), classDataArchive, labelOutput, children);
    }

    private List<String> jvmOptions() {
        try {
            return ShellWords.split(jvmArgs);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    getPropertyPrefix() + ".jvmArgs=" + jvmArgs
                            + " has a quote that is not closed: close it, or write \\ in"
                            + " front of one that belongs to the option",
                    e);
        }
    }

    @Override
    protected List<String> childCommand() {
        return childCommand;
    }

    private static Path inBase(String directory) {
        return Path.of(System.getProperty("jetty.base", "")).resolve(directory).toAbsolutePath();
    }

    /**
     * Starts new children from the configuration and the applications as they are on disk now, and ends the old ones, one
     * after the other, each when a new one is ready. If the first new one does not start, everything stays as it is. The
     * signal SIGHUP does the same. Does not wait; the log says what comes of it.
     *
     * @throws IllegalStateException if this is not a parent that runs
     */
    @ManagedOperation(
            value = "Starts new children from the configuration and applications on disk, and ends the old ones",
            impact = "ACTION")
    public void gracefulRestart() {
        renewChildren();
    }

    /**
     * Asks a child to end: it takes nothing new, and finishes what it has begun within {@link #getDrainTimeout()}. Another
     * takes its place if there are too few then.
     *
     * @param slot of the child, as the status shows it, from 0
     * @throws IllegalStateException if this is not a parent that runs
     * @throws IllegalArgumentException if no child that serves is in the slot
     */
    @ManagedOperation(
            value = "Asks the child in a slot to end when it has finished what it has begun",
            impact = "ACTION")
    public void drain(@Name(value = "slot", description = "number of the slot, from 0") int slot) {
        pool().orElseThrow(() -> new IllegalStateException(this + " has no children to drain"))
                .drain(slot);
    }

    /**
     * Does what {@link #gracefulRestart()} does, and tells what comes of it.
     *
     * @return completed with the number of the new generation when its first child is ready, or with an exception that
     *     says why there is none
     * @throws IllegalStateException if this is not a parent that runs
     */
    public CompletableFuture<Integer> renewChildren() {
        return pool().orElseThrow(() -> new IllegalStateException(this + " has no children to restart"))
                .renew();
    }

    /**
     * How long a child may take until it is ready.
     *
     * @return milliseconds, 120,000 by default
     */
    @ManagedAttribute("Time that a child may take until it is ready, in milliseconds")
    public long getStartTimeout() {
        return startTimeout.toMillis();
    }

    /**
     * Sets how long a child may take until it is ready; one that takes longer is killed.
     *
     * @param startTimeout milliseconds, 1 or more
     */
    public void setStartTimeout(long startTimeout) {
        this.startTimeout = Duration.ofMillis(startTimeout);
    }

    /**
     * How long requests that have begun may go on when this server stops, or a child of it is asked to end (httpd's {@code
     * GracefulShutdownTimeout}).
     *
     * @return milliseconds, 30,000 by default
     */
    @ManagedAttribute("Time that requests may go on after the server or a child was asked to end, in milliseconds")
    public long getDrainTimeout() {
        return drainTimeout.toMillis();
    }

    /**
     * Sets how long requests that have begun may go on when the server stops, or a child is asked to end. A child that takes
     * longer is killed. In a server that serves in its own process connections are closed then, and a {@code stopTimeout} of
     * that server has precedence; without one, the longest time of its connectors counts. Takes effect when the server is started.
     *
     * @param drainTimeout milliseconds, 0 for not at all, up to a day
     */
    public void setDrainTimeout(long drainTimeout) {
        this.drainTimeout = Duration.ofMillis(drainTimeout);
    }

    /**
     * Options of the Java virtual machine that only children get.
     *
     * @return the options, as they were set
     */
    @ManagedAttribute("Options of the Java virtual machine of children")
    public String getJvmArgs() {
        return jvmArgs;
    }

    /**
     * Sets options of the Java virtual machine that only children get, after those of the parent. In front of those stand
     * defaults for a small one ({@code -XX:+UseSerialGC -Xmx512m -XX:TrimNativeHeapInterval=10000 -XX:MaxMetaspaceSize=256m
     * -XX:+ExitOnOutOfMemoryError -Dorg.eclipse.jetty.util.referencesPerCacheLine=16}, and {@code -Xms24m -XX:NewSize=8m} and later thresholds of the second compiler, {@code -XX:Tier4InvocationThreshold=20000} and
     * so on, where a child has one request at a time), of which any can be overridden in either place.
     *
     * @param jvmArgs options separated by blanks, such as {@code -Xmx256m}; one that has a blank itself in quotes, single or
     *     double, as a shell takes them; null or blank for none
     */
    public void setJvmArgs(String jvmArgs) {
        this.jvmArgs = jvmArgs == null ? "" : jvmArgs.trim();
    }

    /**
     * Where the reports of crashed Java virtual machines are kept.
     *
     * @return {@code crashes} by default
     */
    @ManagedAttribute("Directory of the reports of crashed Java virtual machines")
    public String getCrashDirectory() {
        return crashDirectory;
    }

    /**
     * Sets where the reports ({@code hs_err_pid4711.log}) of crashed Java virtual machines are kept. The log names the
     * file and the function that crashed.
     *
     * @param crashDirectory a directory, relative to {@code jetty.base} if there is one and to the working directory if
     *     not; it is made when there is the first report
     */
    public void setCrashDirectory(String crashDirectory) {
        this.crashDirectory = crashDirectory;
    }

    /**
     * Whether there is an archive of the classes of the first child of a generation for the others.
     *
     * @return true by default
     */
    @ManagedAttribute("Whether children start from an archive of the classes of the first one")
    public boolean isClassDataArchive() {
        return classDataArchive;
    }

    /**
     * Sets whether an archive is made of the classes of the first child of a generation for the others, which then start
     * faster. It takes some seconds, in which that child serves and the others wait. Has no effect if an option of the virtual machine
     * names an archive already.
     *
     * @param classDataArchive false to have each child load its classes itself
     */
    public void setClassDataArchive(boolean classDataArchive) {
        this.classDataArchive = classDataArchive;
    }

    /**
     * Whether the name of a child is in front of each line that it prints.
     *
     * @return true by default
     */
    @ManagedAttribute("Whether the name of a child is in front of each line that it prints")
    public boolean isLabelOutput() {
        return labelOutput;
    }

    /**
     * Sets whether what children print to standard output and standard error goes through the parent, which prints it line by
     * line with slot and generation in front, such as {@code [prefork-3 g2] }.
     *
     * @param labelOutput false to let children print to the parent's standard output and standard error themselves, for
     *     lines that a program reads, such as JSON; then long ones of several children may mix
     */
    public void setLabelOutput(boolean labelOutput) {
        this.labelOutput = labelOutput;
    }

    /**
     * Whom children run as (httpd's {@code User}).
     *
     * @return name or number of a user, empty by default: the user of this process
     */
    @ManagedAttribute("User whom children run as, empty for the user of the parent")
    public String getUser() {
        return user;
    }

    /**
     * Sets whom children run as. The parent has to be root then, which lets it bind the port 80, and {@code setpriv} of
     * util-linux on its {@code PATH}; the start fails if it cannot change to that user. What the applications read and
     * write has to be that user's to read and write, the session store too.
     *
     * @param user name or number of a user; null or blank for the user of this process
     */
    public void setUser(String user) {
        this.user = user == null ? "" : user.trim();
    }

    /**
     * Which group children run as (httpd's {@code Group}).
     *
     * @return name or number of a group, empty by default: the user's own
     */
    @ManagedAttribute("Group that children run as, empty for the user's own")
    public String getGroup() {
        return group;
    }

    /**
     * Sets which group children run as; they are in the user's other groups as well.
     *
     * @param group name or number of a group; null or blank for the user's own
     */
    public void setGroup(String group) {
        this.group = group == null ? "" : group.trim();
    }

    /**
     * How often the parent looks for changed applications.
     *
     * @return seconds, 0 by default: never
     */
    @ManagedAttribute("Time from one look for changed applications to the next, in seconds, 0 for never")
    public int getScanInterval() {
        return scanInterval;
    }

    /**
     * Sets how often the parent looks for changed applications. When one was added, replaced or removed since the children were last
     * started for that reason, also while this server was starting, and a look finds nothing that has changed since the look before,
     * the children are restarted as by {@link #gracefulRestart()}; so that takes up to two intervals. Jetty's own {@code
     * jetty.deploy.scanInterval} has to stay 0 then: each child would act on it by itself, without regard to requests.
     *
     * @param scanInterval seconds, up to a day, or 0 for never
     */
    public void setScanInterval(int scanInterval) {
        this.scanInterval = scanInterval;
    }

    /**
     * Where the parent looks for changed applications.
     *
     * @return {@code webapps} by default
     */
    @ManagedAttribute("Directory in which the parent looks for changed applications")
    public String getScanDirectory() {
        return scanDirectory;
    }

    /**
     * Sets where the parent looks for changed applications: at the files and directories in this one, but not at what is in
     * those.
     *
     * @param scanDirectory a directory that is there, relative to {@code jetty.base} if there is one and to the working
     *     directory if not
     */
    public void setScanDirectory(String scanDirectory) {
        this.scanDirectory = scanDirectory;
    }

    /**
     * Sets the command that starts a child. By default it is the one that started this process, which for a server
     * embedded in another program may be the wrong one. It gets no default options for its virtual machine.
     *
     * @param command command and arguments; a server with the same connectors has to come of it
     */
    public void setChildCommand(List<String> command) {
        this.childCommand = List.copyOf(command);
    }
}
