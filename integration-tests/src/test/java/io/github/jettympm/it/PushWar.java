package io.github.jettympm.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * WebSockets that send from several threads, for any Servlet generation: compiled against the distribution, as this
 * module could not have four generations on its class path.
 */
final class PushWar {
    private final JettyBase base;
    private final String environment;

    private PushWar(JettyBase base, String environment) {
        this.base = base;
        this.environment = environment;
    }

    /** Makes the WAR for an environment, such as {@code ee10}, and deploys it with the name {@code push-ee10}. */
    static void deploy(JettyBase base, String environment) throws IOException {
        var war = new PushWar(base, environment);
        base.deploy("push-" + environment, war.pack(), environment);
    }

    private Path pack() throws IOException {
        var classes = base.directory().resolve("push-" + environment);
        Files.createDirectories(classes);
        compile(classes);
        var war = base.directory().resolve("push-" + environment + ".war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war));
                var files = Files.walk(classes.resolve("push"))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + classes.relativize(file)));
                Files.copy(file, zip);
            }
        }
        return war;
    }

    private void compile(Path classes) throws IOException {
        var arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", classPath()));
        for (var source : sources()) {
            arguments.add(expand(source, classes).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("javac " + arguments + " ended with status " + status);
        }
    }

    /** Jetty's own API is the same since ee10. */
    private List<String> sources() {
        return List.of("ee8", "ee9").contains(environment)
                ? List.of("Pusher.java", "StandardSocket.java")
                : List.of("Pusher.java", "StandardSocket.java", "JettySocket.java");
    }

    private Path expand(String source, Path directory) throws IOException {
        try (var in = PushWar.class.getResourceAsStream("push/" + source)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("NAMESPACE", environment.equals("ee8") ? "javax" : "jakarta")
                    .replace("ENVIRONMENT", environment);
            return Files.writeString(directory.resolve(source), text);
        }
    }

    private String classPath() throws IOException {
        var lib = base.home().directory().resolve("lib");
        try (Stream<Path> jetty = Files.list(lib);
                Stream<Path> sockets = Files.list(lib.resolve(environment + "-websocket"))) {
            return Stream.concat(sockets, jetty)
                    .map(Path::toString)
                    .filter(it -> it.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }
}
