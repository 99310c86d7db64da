package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractNetworkConnector;

/** A {@link ContractServer} as the test sees it: a process, with its children. */
public final class ServerProcess implements AutoCloseable {
    private static final long STOP_DEADLINE = 60; // seconds

    /** Tests may run as root, and with more clients than children. */
    private static final List<String> EXPECTED = List.of("run as root", "are busy: ");

    /** How Jetty abbreviates our package; Jetty's own parser warns of some of what clients send. */
    static final String OURS = ":igj";

    /** Of a virtual machine that has ended in good order because of SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    private final Process process;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts one that serves for so short a time that the compiler for long runs would only take its processors. */
    public static ServerProcess start(
            Path directory,
            Class<? extends AbstractNetworkConnector> connector,
            Transport transport,
            List<String> settings)
            throws IOException {
        return start(directory, connector, transport, settings, List.of("-XX:TieredStopAtLevel=1"));
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param directory where it keeps its log and its temporary files
     * @param connector class of the connector
     * @param transport how clients speak to it
     * @param settings those of the connector, as {@code name=value}
     * @param jvmArgs options of the virtual machine
     */
    public static ServerProcess start(
            Path directory,
            Class<? extends AbstractNetworkConnector> connector,
            Transport transport,
            List<String> settings,
            List<String> jvmArgs)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArgs);
        command.add("-Djava.io.tmpdir=" + directory);
        if (transport.isSecure()) {
            Path certificate = directory.resolve("certificate.p12");
            TestCertificate.writeLocalhost(certificate);
            command.add("-D" + TestCertificate.SHARED + "=" + certificate);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ContractServer.class.getName(),
                connector.getName(),
                transport.name()));
        command.addAll(settings);
        Path log = directory.resolve("log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        String port = process.inputReader().readLine(); // the first child may say it before its parent does
        if (port == null) {
            throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
        }
        return new ServerProcess(process, log, port(port));
    }

    /** The port that a server has said; if it was a child, with its label. */
    static int port(String line) {
        return Integer.parseInt(line.replaceFirst("^\\[[^]]*] ", ""));
    }

    /** Where it serves. */
    public int port() {
        return port;
    }

    /** The process that was started; it is the parent if there are children. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** What it and its children have said that an operator should read. */
    List<String> complaints() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(":WARN") || line.contains(":ERROR"))
                    .filter(line -> line.contains(OURS) && EXPECTED.stream().noneMatch(line::contains))
                    .toList();
        }
    }

    /** Stops it in good order, and fails if that does not work. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> children = process.descendants().toList();
        try {
            process.destroy();
            assertEquals(true, process.waitFor(STOP_DEADLINE, TimeUnit.SECONDS), "the server does not stop");
            assertEquals(TERMINATED, process.exitValue());
            assertEquals(
                    List.of(), children.stream().filter(ProcessHandle::isAlive).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
