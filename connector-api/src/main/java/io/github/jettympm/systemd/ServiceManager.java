package io.github.jettympm.systemd;

import io.github.jettympm.protocol.ServiceVariables;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that has started this process, systemd or one that speaks as it does, how the service is
 * (sd_notify(3)). Whatever goes wrong is logged once and otherwise changes nothing.
 *
 * <p>Any thread may call any method.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private final Sender sender;
    private final Optional<Duration> watchdog;
    private boolean failed;

    /** Sends a message. */
    interface Sender {
        /** Sends a message, lines of {@code NAME=value}. */
        void send(String message) throws IOException;
    }

    ServiceManager(Sender sender, Optional<Duration> watchdog) {
        this.sender = sender;
        this.watchdog = watchdog;
    }

    /**
     * Finds the service manager of this process.
     *
     * @param environment the environment of the process, usually {@link System#getenv()}
     * @param pid number of this process
     * @return the manager, empty if none wants to be told anything
     */
    public static Optional<ServiceManager> find(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault(ServiceVariables.NOTIFY_SOCKET, "");
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            NotifySocket socket = NotifySocket.at(address);
            return Optional.of(new ServiceManager(socket::send, watchdog(environment, pid)));
        } catch (IOException e) {
            LOG.warn("the service manager is not told how this server is: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault(ServiceVariables.WATCHDOG_USEC, "");
        String meant = environment.getOrDefault(ServiceVariables.WATCHDOG_PID, "");
        if (micros.isEmpty() || !meant.isEmpty() && !meant.equals(Long.toString(pid))) {
            return Optional.empty();
        }
        try {
            long time = Long.parseLong(micros);
            return time > 0 ? Optional.of(Duration.of(time, TimeUnit.MICROSECONDS.toChronoUnit())) : Optional.empty();
        } catch (NumberFormatException e) {
            LOG.warn("WATCHDOG_USEC={} is not a number; the watchdog is not told that this server lives", micros);
            return Optional.empty();
        }
    }

    /**
     * Within which time the service manager wants to be told that this process lives, or it ends it ({@code WatchdogSec}).
     *
     * @return the time, empty if it does not want to
     */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /**
     * The service has started, or has its new configuration.
     *
     * @param status a line for people
     */
    public void ready(String status) {
        send("READY=1\n" + statusLine(status));
    }

    /**
     * The service takes up a new configuration; {@link #ready} is to follow.
     *
     * @param status a line for people
     */
    public void reloading(String status) {
        // Java takes this time from CLOCK_MONOTONIC on Linux, which is what is asked for.
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        send("RELOADING=1\nMONOTONIC_USEC=" + micros + "\n" + statusLine(status));
    }

    /**
     * The service ends.
     *
     * @param status a line for people
     */
    public void stopping(String status) {
        send("STOPPING=1\n" + statusLine(status));
    }

    /**
     * How the service is.
     *
     * @param status a line for people
     */
    public void status(String status) {
        send(statusLine(status));
    }

    /** The service lives. */
    public void keepAlive() {
        send("WATCHDOG=1");
    }

    /** A line feed would begin another assignment. */
    private static String statusLine(String status) {
        return "STATUS=" + status.replace('\n', ' ');
    }

    private synchronized void send(String message) {
        try {
            sender.send(message);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("the service manager cannot be told how this server is: {}", e.getMessage());
            }
            failed = true;
        }
    }
}
