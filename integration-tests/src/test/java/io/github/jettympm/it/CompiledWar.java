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
 * A WAR for any Servlet generation: compiled against the distribution, as this module could not have four generations on
 * its class path. Its sources are resources of the tests, and its name is their package.
 */
final class CompiledWar {
    private final JettyBase base;
    private final String name;
    private final String environment;

    private CompiledWar(JettyBase base, String name, String environment) {
        this.base = base;
        this.name = name;
        this.environment = environment;
    }

    /** Makes the WAR for an environment, such as {@code ee10}, and deploys it with the name {@code push-ee10}. */
    static void deploy(JettyBase base, String name, String environment, List<String> sources) throws IOException {
        var war = new CompiledWar(base, name, environment);
        base.deploy(name + "-" + environment, war.pack(sources), environment);
    }

    private Path pack(List<String> sources) throws IOException {
        var classes = base.directory().resolve(name + "-" + environment);
        Files.createDirectories(classes);
        compile(sources, classes);
        var war = base.directory().resolve(name + "-" + environment + ".war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war));
                var files = Files.walk(classes.resolve(name))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + classes.relativize(file)));
                Files.copy(file, zip);
            }
        }
        return war;
    }

    private void compile(List<String> sources, Path classes) throws IOException {
        var arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", classPath()));
        for (var source : sources) {
            arguments.add(expand(source, classes).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("javac " + arguments + " ended with status " + status);
        }
    }

    private Path expand(String source, Path directory) throws IOException {
        try (var in = CompiledWar.class.getResourceAsStream(name + "/" + source)) {
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
