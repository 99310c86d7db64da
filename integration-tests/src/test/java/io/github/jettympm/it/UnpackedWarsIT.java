package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.awaitEnd;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.workDirectories;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files of applications of which each child runs its own copy. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class UnpackedWarsIT {
    private static final List<String> ENVIRONMENTS = List.of("ee8", "ee9", "ee10", "ee11");

    private static final String WITH_TEMPORARY_DIRECTORY = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <Set name="contextPath">/app-ee10</Set>
              <Set name="war">%s/webapps/app-ee10.war</Set>
              <Set name="tempDirectory">%s/set</Set>
            </Configure>
            """;

    @Test
    void aWarIsUnpackedOnceInAGenerationAndTemporaryFilesAreEachChildsOwn() throws Exception {
        var base = baseWithVersionOne();
        // Each child is asked on a connection that it has to keep meanwhile.
        var server = base.start("jetty.prefork.startServers=2", "jetty.prefork.keepAliveUnderPressure=-1");
        var first = ready(server, 2);
        var work = workDirectories(base).get(0);

        assertEquals(
                Set.of("app-ee8", "app-ee9", "app-ee10", "app-ee11"),
                Set.copyOf(applications(work, 1)),
                work::toString);
        assertEquals(4, applications(work, 1).size());
        assertEquals(List.of(), find(work, "webapp"));
        assertEquals(Set.of("child-0-0", "child-0-1"), names(base.directory().resolve("set")));
        for (var environment : ENVIRONMENTS) {
            assertEquals(Set.of("one"), answers(server, environment));
        }

        VersionWar.replace(base, "app-ee8", "two");
        signal("KILL", first.get(1));
        ready(server, 3);
        assertEquals(5, applications(work, 1).size());
        assertEquals(Set.of("one", "two"), answers(server, "ee8"));
        assertEquals(Set.of("one"), answers(server, "ee9"));

        signal("HUP", server.process().pid());
        said(server, "child \\d+ .* ended after .* as it was asked to", 2);
        var last = ready(server, 5).subList(3, 5);
        assertEquals(4, applications(work, 2).size());
        assertEquals(Set.of("applications-2"), names(work, "applications-"));
        assertEquals(Set.of("two"), answers(server, "ee8"));

        signal("TERM", server.process().pid());
        awaitEnd(server, last);
        assertEquals(List.of(), workDirectories(base));
    }

    @Test
    void eachChildCompilesServerPagesInADirectoryOfItsOwn() throws Exception {
        var base = JettyHome.ofBuild().createBase("server-pages", Model.PREFORK);
        base.addModules(List.of(Model.PREFORK.module(), "ee10-deploy", "ee10-jsp", "ee10-jstl"));
        base.deploy("jsp", base.home().wars().resolve("jetty-ee10-demo-jsp-webapp.war"), "ee10");
        try (var server = base.start("jetty.prefork.startServers=2", "jetty.prefork.keepAliveUnderPressure=-1")) {
            ready(server, 2);
            try (var children = ChildConnections.open(server.port(), 2)) {
                for (int child = 0; child < 2; child++) {
                    children.get("/jsp/expr.jsp?A=21").shows(200, "<td>42&nbsp;</td>");
                }
            }

            var work = workDirectories(base).get(0);
            var compiled = find(work, "expr_jsp.class").stream()
                    .map(file -> work.relativize(file).getName(0).toString())
                    .sorted()
                    .toList();
            assertEquals(List.of("slot-0", "slot-1"), compiled, () -> "where the page was compiled");
        }
    }

    private static JettyBase baseWithVersionOne() throws Exception {
        var base = JettyHome.ofBuild().createBase("unpacked-wars", Model.PREFORK);
        base.addModules(Stream.concat(
                        Stream.of(Model.PREFORK.module()), ENVIRONMENTS.stream().map(it -> it + "-deploy"))
                .toList());
        for (var environment : ENVIRONMENTS) {
            base.deploy("app-" + environment, VersionWar.pack(base.directory(), "one"), environment);
        }
        base.write("webapps/app-ee10.xml", WITH_TEMPORARY_DIRECTORY.formatted(base.directory(), base.directory()));
        return base;
    }

    /** What both children answer, each on a connection of its own. */
    private static Set<String> answers(JettyServer server, String environment) throws IOException {
        try (var children = ChildConnections.open(server.port(), 2)) {
            var path = "/app-" + environment + "/version.txt";
            var one = children.get(path).shows(200).text();
            return Set.copyOf(List.of(one, children.get(path).shows(200).text()).stream()
                    .distinct()
                    .toList());
        }
    }

    private static List<String> applications(Path work, int generation) throws IOException {
        try (var entries = Files.list(work.resolve("applications-" + generation))) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString().replaceFirst("-\\d+-\\d+-\\w+$", ""))
                    .toList();
        }
    }

    private static List<Path> find(Path directory, String name) throws IOException {
        try (var tree = Files.walk(directory)) {
            return tree.filter(file -> file.endsWith(name)).toList();
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        return names(directory, "");
    }

    private static Set<String> names(Path directory, String prefix) throws IOException {
        try (var entries = Files.list(directory)) {
            return Set.copyOf(entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList());
        }
    }
}
