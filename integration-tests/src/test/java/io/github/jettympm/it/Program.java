package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine that a test needs. */
record Program(Path file) {
    private static final long DEADLINE = 60; // seconds

    /** Skips the test, and says why, if the machine does not have it. */
    static Program require(String name, String debianPackage, Path... places) {
        var found = Stream.concat(
                        Stream.of(places),
                        Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                                .map(Path::of))
                .map(it -> it.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), name + " is not installed (apt-get install " + debianPackage + ")");
        return new Program(found.orElseThrow());
    }

    /** Runs it in a directory until it ends, which has to be in good order. */
    void run(Path directory, List<String> arguments) throws IOException, InterruptedException {
        var output = directory.resolve(file.getFileName() + ".log");
        var process = new ProcessBuilder(Stream.concat(Stream.of(file.toString()), arguments.stream())
                        .toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(DEADLINE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(file + " did not end: " + Files.readString(output));
        }
        assertEquals(0, process.exitValue(), () -> file + " says: " + read(output));
    }

    /** Starts it as a daemon, which is ready when its first process ends, and stops it by its pid file. */
    Daemon daemon(Path directory, Path pidFile, List<String> arguments) throws IOException, InterruptedException {
        run(directory, arguments);
        long pid = Long.parseLong(Files.readString(pidFile).strip().split("\\s")[0]);
        return new Daemon(ProcessHandle.of(pid).orElseThrow());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A program in the background. */
    record Daemon(ProcessHandle process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
            process.onExit().orTimeout(DEADLINE, TimeUnit.SECONDS).join();
        }
    }
}
