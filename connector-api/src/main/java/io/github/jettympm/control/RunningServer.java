package io.github.jettympm.control;

import io.github.jettympm.protocol.HangUp;
import io.github.jettympm.status.StateFile;
import io.github.jettympm.status.Status;
import io.github.jettympm.status.StatusReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that runs, as its state file names it, and the signals that can be sent to its processes. */
final class RunningServer {
    /** Between a child and its parent there may be a program that was set as the command of children. */
    private static final int GENERATIONS = 4;

    private final StateFile state;
    private final ProcessHandle process;

    private RunningServer(StateFile state, ProcessHandle process) {
        this.state = state;
        this.process = process;
    }

    /**
     * Finds the server of a base.
     *
     * @throws NotRunningException if there is none, or its process has ended and left its state file behind
     * @throws IOException if the state file cannot be read
     */
    static RunningServer in(Path base) throws IOException {
        Path file = StateFile.in(base);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotRunningException("no server runs in " + base + ": there is no " + file);
        }
        Instant written =
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        StateFile state = StateFile.readFile(file);
        ProcessHandle process = ProcessHandle.of(state.pid())
                .filter(it -> isWriter(it, written))
                .orElseThrow(() -> new NotRunningException("no server runs in " + base + ": " + file
                        + " was left by process " + state.pid() + ", which has ended"));
        return new RunningServer(state, process);
    }

    /** The number of a process that has ended is given to another one, which starts after the file was written. */
    private static boolean isWriter(ProcessHandle process, Instant written) {
        Optional<Instant> started = process.info().startInstant();
        return process.isAlive() && started.isPresent() && !started.get().isAfter(written);
    }

    long pid() {
        return process.pid();
    }

    Status status() throws IOException {
        return StatusReader.read(state);
    }

    /**
     * Asks the server's process to restart its children.
     *
     * @throws IOException if it would stop instead
     */
    void hangUp() throws IOException {
        if (HangUp.stops(pid())) {
            throw new IOException("SIGHUP stops the server, process " + pid()
                    + ", since jetty.sh has started it with start-stop-daemon; use gracefulRestart of JMX, or set"
                    + " USE_START_STOP_DAEMON=0 for jetty.sh and start the server anew");
        }
        signal("HUP", process.pid());
    }

    /** Asks the server to stop. */
    void terminate() throws IOException {
        signal("TERM", process.pid());
    }

    /**
     * Asks a child to finish what it has begun and to end.
     *
     * @throws IOException if there is no such child of this server any more
     */
    void terminateChild(long pid) throws IOException {
        ProcessHandle child = ProcessHandle.of(pid)
                .filter(this::descends)
                .orElseThrow(() -> new IOException("process " + pid + " is no child of " + pid() + " any more"));
        signal("TERM", child.pid());
    }

    private boolean descends(ProcessHandle child) {
        Optional<ProcessHandle> above = child.parent();
        for (int i = 0; i < GENERATIONS && above.isPresent(); i++) {
            if (above.get().equals(process)) {
                return true;
            }
            above = above.get().parent();
        }
        return false;
    }

    /** Waits until the server's process has ended; false if it has not in that time. */
    boolean awaitEnd(Duration timeout) throws IOException {
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for process " + pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while process " + pid() + " ended", e);
        }
    }

    /** Each shell has kill, while a program of that name is not on every machine. */
    private static void signal(String name, long pid) throws IOException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -\"$1\" \"$2\"", "kill", name, Long.toString(pid))
                .redirectErrorStream(true)
                .start();
        try {
            kill.getOutputStream().close();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (kill.waitFor() != 0) {
                throw new IOException("process " + pid + " cannot be sent SIG" + name + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while process " + pid + " was sent SIG" + name, e);
        }
    }
}
