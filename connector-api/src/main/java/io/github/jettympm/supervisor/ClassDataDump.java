package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ServiceVariables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that makes an archive of the classes of a list, and ends: the virtual machine of children, with {@code -Xshare:dump}. It runs as
 * the user of the children, since what it reads is theirs.
 */
final class ClassDataDump {
    /** One that takes some seconds of processor time, so it may be a slow machine, but none that stands still. */
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    /** What is said in spite of that says why there is no archive. */
    private static final String NO_OUTPUT = "-Xlog:disable";

    private final Process process;
    private final long began = System.nanoTime();
    private boolean tookTooLong;

    private ClassDataDump(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param machine the command that starts the virtual machine of children, its options, and those that say what to write
     * @param user whom it is to run as
     * @throws IOException if it cannot be started
     */
    static ClassDataDump start(List<String> machine, UserSwitch user) throws IOException {
        List<String> command = new ArrayList<>(OptionFilter.QUESTION.of(machine));
        command.addAll(List.of(NO_OUTPUT, "-Xshare:dump"));
        ProcessBuilder builder = new ProcessBuilder(user.command(command)).redirectErrorStream(true);
        ServiceVariables.removeFrom(builder.environment());
        OptionVariables.remove(OptionFilter.QUESTION, builder.environment());
        user.tell(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return new ClassDataDump(process);
    }

    /** Whether it goes on. One that takes too long is killed. */
    boolean goesOn() {
        if (process.isAlive() && took().compareTo(AT_MOST) > 0) {
            tookTooLong = true;
            stop();
        }
        return process.isAlive();
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Why there is no archive, once it does not go on; empty if there is one. */
    Optional<String> failure() {
        if (tookTooLong) {
            return Optional.of("it was not ready after " + AT_MOST.toSeconds() + " s");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of("exit status " + process.exitValue() + said());
    }

    /** What there is room for in the pipe. */
    private String said() {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.isBlank() ? "" : ": " + Printable.of(output.strip().replaceAll("\\s*\\R\\s*", " | "));
        } catch (IOException e) {
            return "";
        }
    }

    /** How long it has taken so far. */
    long millis() {
        return took().toMillis();
    }

    /** Ends it, whether or not it is ready, and waits until it has ended. */
    void stop() {
        process.destroyForcibly();
        process.onExit().join(); // as a killed one does at once
    }
}
