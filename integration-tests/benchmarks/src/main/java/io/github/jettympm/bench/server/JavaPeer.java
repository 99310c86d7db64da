package io.github.jettympm.bench.server;

import io.github.jettympm.bench.load.Target;
import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.machine.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server that the harness embeds: a main class of the package {@code peer}, with {@code port=} and the like.
 *
 * @param main its class, or the source file that the JDK compiles when it starts it
 * @param libraries what the names of its libraries begin with
 * @param arguments more of the command line
 */
record JavaPeer(String name, String main, List<String> libraries, List<String> arguments) implements Subject {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private boolean isHelidon() {
        return main.endsWith(".java");
    }

    private boolean isCore() {
        return main.endsWith("CorePeer");
    }

    @Override
    public Optional<String> missing(Setup setup, Placement placement) {
        if (isHelidon() && setup.jdk25().isEmpty()) {
            return Optional.of("no JDK 25 found (set JAVA25_HOME)");
        }
        if (arguments.contains("virtual=true") && placement.jdk().major() < FIRST_WITH_VIRTUAL_THREADS) {
            return Optional.of("virtual threads need JDK 21 or newer");
        }
        return Optional.empty();
    }

    @Override
    public RunningServer launch(Setup setup, Placement placement) throws IOException {
        boolean tls = placement.variant() == Variant.TLS;
        var target = new Target(Ports.free(), tls ? Ports.free() : 0, placement.cpus());
        Path directory = Files.createDirectories(
                setup.target().resolve("bases").resolve(name.replace(' ', '-') + "-" + target.port()));
        Jdk jdk = isHelidon() ? setup.jdk25().orElseThrow() : placement.jdk();
        var command = new ArrayList<String>();
        command.add(jdk.program("java"));
        command.addAll(Setup.jvmOptions(placement));
        command.addAll(List.of("-Djava.io.tmpdir=" + directory, "-cp", classPath(setup)));
        command.add(isHelidon() ? setup.target().getParent().resolve(main).toString() : main);
        command.addAll(List.of("port=" + target.port(), "tlsPort=" + target.tlsPort()));
        command.addAll(List.of("keyStore=" + setup.keyStore(), "files=" + setup.files()));
        if (placement.variant() == Variant.HTTP2) {
            command.add("http2=true");
        }
        command.addAll(arguments);
        return RunningServer.start(name, command, directory, target, jdk);
    }

    private String classPath(Setup setup) throws IOException {
        String libraryPath = setup.classPath(libraries.toArray(String[]::new));
        return isCore()
                ? setup.connectorJars().stream().map(Path::toString).collect(Collectors.joining(":")) + ":"
                        + libraryPath
                : libraryPath;
    }
}
