package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A systemd that has booted as the first process of namespaces of its own. It knows no units but those that it is given, so it
 * does nothing to the machine.
 */
final class Systemd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/lib/systemd/systemd");
    private static final List<String> TARGETS =
            List.of("sysinit", "basic", "sockets", "network", "multi-user", "shutdown");
    private static final long DEADLINE = 120; // seconds

    private final Process namespaces;
    private final Path directory;

    private Systemd(Process namespaces, Path directory) {
        this.namespaces = namespaces;
        this.directory = directory;
    }

    /** Writes a unit, before the boot or before {@code daemon-reload}. */
    static void write(Path directory, String unit, String text) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(unit), text);
    }

    /** Boots with the units in a directory; skips the test, and says why, where that cannot be. */
    static Systemd boot(Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root makes namespaces");
        assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed (apt-get install systemd)");
        var unshare = Program.require("unshare", "util-linux").file().toString();
        Program.require("nsenter", "util-linux");
        for (var target : TARGETS) {
            write(directory, target + ".target", "[Unit]\nDescription=" + target + "\nDefaultDependencies=no\n");
        }
        var log = directory.resolve("systemd.log");
        var boot = "mount --make-rprivate / && mount -t tmpfs tmpfs /run && exec " + PROGRAM
                + " --system --unit=multi-user.target --log-target=console --show-status=0";
        var command = new ProcessBuilder(
                unshare, "--fork", "--pid", "--mount", "--cgroup", "--mount-proc", "--kill-child", "sh", "-c", boot);
        command.environment().put("SYSTEMD_UNIT_PATH", directory.toString());
        command.environment().put("container", "other");
        var systemd = new Systemd(
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start(), directory);
        try {
            Await.until("it does not boot", () -> !systemd.namespaces.isAlive() || systemd.isRunning());
            assumeTrue(systemd.namespaces.isAlive(), () -> "systemd cannot boot here: " + read(log));
        } catch (Exception | Error e) {
            systemd.close();
            throw e;
        }
        return systemd;
    }

    private boolean isRunning() throws Exception {
        return namespaces.children().findAny().isPresent()
                && call("systemctl", "is-system-running").text().startsWith("running");
    }

    /** What a program said, and its status. */
    record Result(int status, String text) {}

    /** Runs a program beside that systemd. */
    private Result call(String... arguments) throws Exception {
        long first = namespaces.children().findAny().orElseThrow().pid();
        var command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(first), "-m", "-p", "-C"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(DEADLINE, TimeUnit.SECONDS), () -> command + " did not end");
        return new Result(process.exitValue(), text);
    }

    /** Runs {@code systemctl} until it has done what it is asked for. */
    void systemctl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(arguments));
        var result = call(command.toArray(String[]::new));
        assertEquals(0, result.status(), () -> command + ": " + result.text() + read(directory.resolve("service.log")));
    }

    /** What it knows of a unit, such as its {@code ActiveState}. */
    String property(String unit, String name) throws Exception {
        return call("systemctl", "show", unit, "--property=" + name, "--value")
                .text()
                .strip();
    }

    /** Kills a process, by the number that it has there. */
    void kill(String pid) throws Exception {
        assertEquals(0, call("kill", "-KILL", pid).status());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        namespaces.destroyForcibly().onExit().join();
    }
}
