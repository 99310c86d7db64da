package io.github.jettympm.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/** A {@code $JETTY_BASE}: its modules, files and WARs. */
final class JettyBase {
    private final JettyHome home;
    private final Path directory;
    private final Model model;
    private int connectors;
    private String beside = "";

    JettyBase(JettyHome home, Path directory, Model model) {
        this.home = home;
        this.directory = directory;
        this.model = model;
    }

    Model model() {
        return model;
    }

    /** How many connectors its modules bring. */
    int connectors() {
        return connectors;
    }

    /** Says that there is a connector of another class beside those of the model, which the model's tests do not mean. */
    void expectBeside(String connectorClass) {
        beside = connectorClass;
    }

    boolean hasBeside(String connectorClass) {
        return beside.equals(connectorClass);
    }

    Path directory() {
        return directory;
    }

    JettyHome home() {
        return home;
    }

    /** Enables modules with {@code start.jar --add-modules}, whatever the licences of what they bring. */
    void addModules(List<String> modules) throws IOException, InterruptedException {
        connectors = (int) Stream.of(model.module(), model.tlsModule(), Model.STOCK.module(), Model.STOCK.tlsModule())
                .distinct()
                .filter(modules::contains)
                .count();
        var log = directory.resolve("add-modules.log");
        var process = new ProcessBuilder(
                        command(List.of("--approve-all-licenses", "--add-modules=" + String.join(",", modules))))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "start.jar --add-modules did not end within 60 s:\n" + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "start.jar --add-modules ended with status " + process.exitValue() + ":\n" + Files.readString(log));
        }
    }

    /**
     * Copies a WAR into {@code webapps}.
     *
     * @param name the context path without the slash
     * @param environment {@code ee8} or {@code ee10}; has to be named when a base has several
     */
    void deploy(String name, Path war, String environment) throws IOException {
        Files.copy(war, webapp(name + ".war"), StandardCopyOption.REPLACE_EXISTING);
        write("webapps/" + name + ".properties", "environment: " + environment + "\n");
    }

    void write(String path, String content) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void copy(Path file, String path) throws IOException {
        var target = directory.resolve(path);
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Unpacks a drop-in, as {@code unzip} does. */
    void unpack(Path zip) throws IOException {
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException(zip + " would write outside the base: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Starts the server on free ports and waits until it serves. */
    JettyServer start(String... properties) throws IOException, InterruptedException {
        return start(List.of(), Map.of(), properties);
    }

    /** Starts it with more options of the virtual machine, in front of {@code -jar start.jar}, and environment variables. */
    JettyServer start(List<String> options, Map<String, String> environment, String... properties)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<String>();
        arguments.add("jetty.http.port=0");
        arguments.add("jetty.ssl.port=0");
        arguments.addAll(model.properties());
        arguments.addAll(List.of(properties));
        var command = command(arguments);
        command.addAll(1, options);
        return JettyServer.start(this, command, environment);
    }

    /** A server that could not start: the status of its process, and all that it printed. */
    record Ended(int status, String output) {}

    /**
     * Starts a server that ends by itself, since it cannot start.
     *
     * @param options of the virtual machine
     */
    Ended startInVain(List<String> options, String... properties) throws IOException, InterruptedException {
        var command = command(List.of("jetty.http.port=0"));
        command.addAll(List.of(properties));
        command.addAll(1, options);
        var log = directory.resolve("server.log");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it did not end within 120 s:\n" + Files.readString(log));
            }
            return new Ended(process.exitValue(), Files.readString(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Path webapp(String file) throws IOException {
        return Files.createDirectories(directory.resolve("webapps")).resolve(file);
    }

    private ArrayList<String> command(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1"); // none of these servers lives long enough to earn more
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.add("-jar");
        command.add(home.startJar().toString());
        command.addAll(arguments);
        return command;
    }
}
