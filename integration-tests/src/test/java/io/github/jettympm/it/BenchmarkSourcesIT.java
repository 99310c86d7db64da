package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The micro-benchmarks, which no build compiles, fit the connectors. */
@Tag("once")
class BenchmarkSourcesIT {
    private static final Path PROJECT = Path.of("..");
    private static final List<String> MODULES = List.of("api", "prefork", "worker", "event");

    @TempDir
    private Path classes;

    @Test
    void microBenchmarksCompile() throws IOException {
        List<Path> sources = files(Path.of("benchmarks/src/jmh"), ".java");
        assertFalse(sources.isEmpty());
        var problems = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(problems, null, null)) {
            compiler.getTask(
                            null,
                            manager,
                            problems,
                            List.of("-proc:none", "-d", classes.toString(), "-cp", classPath()),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
        }

        assertEquals(List.of(), problems.getDiagnostics());
    }

    private static String classPath() throws IOException {
        Stream<String> connectors = MODULES.stream()
                .map(module -> PROJECT.resolve("connector-" + module).resolve("target/classes"))
                .map(Path::toString);
        Stream<String> jetty = files(JettyHome.ofBuild().directory().resolve("lib"), ".jar").stream()
                .map(Path::toString);
        return Stream.of(connectors, jetty, Stream.of(System.getProperty("java.class.path")))
                .flatMap(it -> it)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
