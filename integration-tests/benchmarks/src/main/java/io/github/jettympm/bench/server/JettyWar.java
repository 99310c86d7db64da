package io.github.jettympm.bench.server;

import io.github.jettympm.bench.load.Target;
import io.github.jettympm.bench.machine.Command;
import io.github.jettympm.bench.machine.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Jetty base as an operator makes it, with the WAR and one connector.
 *
 * @param model {@code stock}, or the connector of ours that is dropped in
 * @param virtual whether requests run on virtual threads
 */
record JettyWar(String name, String model, boolean virtual) implements Subject {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final Duration CREATE_FILES = Duration.ofSeconds(60);

    @Override
    public Optional<String> missing(Setup setup, Placement placement) {
        if (virtual && placement.jdk().major() < FIRST_WITH_VIRTUAL_THREADS) {
            return Optional.of("virtual threads need JDK 21 or newer");
        }
        if (placement.variant() == Variant.HTTP2 && model.equals("prefork")) {
            return Optional.of("a child serves one connection at a time and has no use for HTTP/2");
        }
        return Optional.empty();
    }

    @Override
    public RunningServer launch(Setup setup, Placement placement) throws IOException, InterruptedException {
        Path base = setup.target()
                .resolve("bases")
                .resolve("%s-%s-%s"
                        .formatted(
                                name.replace(' ', '-'),
                                placement.variant().name().toLowerCase(),
                                Ports.free()));
        Files.createDirectories(base.resolve("webapps"));
        Files.createDirectories(base.resolve("tmp"));
        Files.createDirectories(base.resolve("start.d"));
        if (!model.equals("stock")) {
            Zip.unpack(setup.dropIn(model), base);
        }
        Files.copy(setup.war(), base.resolve("webapps/bench.war"));
        boolean tls = placement.variant() == Variant.TLS;
        var target = new Target(Ports.free(), tls ? Ports.free() : 0, placement.cpus());
        Files.write(base.resolve("start.d/bench.ini"), modules(placement));
        if (model.equals("prefork") || placement.children() > 1) {
            createFiles(setup, placement, base);
        }
        var command = new ArrayList<String>();
        command.add(placement.jdk().program("java"));
        if (!model.equals("prefork")) { // whose children would have them as well, and are to be small
            command.addAll(Setup.jvmOptions(placement));
        }
        command.add("-Djava.io.tmpdir=" + base.resolve("tmp"));
        command.addAll(List.of("-jar", setup.jettyHome().resolve("start.jar").toString()));
        command.addAll(properties(setup, placement, target));
        return RunningServer.start(name, command, base, target, placement.jdk());
    }

    /** The libraries of the session store, which the drop-in does not bring. */
    private static void createFiles(Setup setup, Placement placement, Path base)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                placement.jdk().program("java"),
                "-jar",
                setup.jettyHome().resolve("start.jar").toString(),
                "jetty.base=" + base,
                "--create-files");
        Command.run(CREATE_FILES, command).require(command);
    }

    private List<String> modules(Placement placement) {
        boolean stock = model.equals("stock");
        var modules = new ArrayList<>(List.of(stock ? "http" : "connector-" + model, "ee10-deploy"));
        if (virtual && stock) {
            modules.add("threadpool-virtual");
        }
        if (placement.variant() == Variant.HTTP2) {
            modules.add("http2c");
        }
        if (placement.variant() == Variant.TLS) {
            modules.addAll(List.of(stock ? "ssl" : "connector-" + model + "-ssl", "https"));
        }
        return modules.stream().map(module -> "--module=" + module).toList();
    }

    private List<String> properties(Setup setup, Placement placement, Target target) {
        var properties = new ArrayList<>(List.of(
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + target.port(),
                "jetty.http.idleTimeout=600000",
                "jetty.http.acceptQueueSize=1024"));
        if (model.equals("worker")) {
            properties.add("jetty.worker.maxThreads=20000");
            if (virtual) {
                properties.add("jetty.worker.virtualThreads=true");
            }
        }
        if (model.equals("event") && placement.children() > 1) {
            properties.add("jetty.event.processes=" + placement.children());
        }
        if (model.equals("prefork")) {
            properties.add("jetty.prefork.pm=static");
            properties.add("jetty.prefork.startServers=" + placement.children());
            if (placement.variant() == Variant.OWN_OPTIONS) {
                // Each child is to have a connection of its own, and not to leave it for one that waits for another
                // child.
                properties.add("jetty.prefork.keepAliveUnderPressure=-1");
            }
        }
        if (target.tlsPort() > 0) {
            properties.addAll(List.of(
                    "jetty.ssl.host=127.0.0.1",
                    "jetty.ssl.port=" + target.tlsPort(),
                    "jetty.ssl.idleTimeout=600000",
                    "jetty.ssl.acceptQueueSize=1024",
                    "jetty.sslContext.keyStorePath=" + setup.keyStore(),
                    "jetty.sslContext.keyStorePassword=bench-mark"));
        }
        return properties;
    }
}
