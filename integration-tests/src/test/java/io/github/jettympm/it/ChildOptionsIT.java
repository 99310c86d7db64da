package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ARCHIVE;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which options of the parent's virtual machine children get, wherever they stand, and which they never get. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class ChildOptionsIT {
    private static final String TWO_CHILDREN = "jetty.prefork.startServers=2";

    @Test
    void optionsInFrontOfStartJarReachChildrenAndTheirOwnComeLater() throws Exception {
        var options = List.of("-Dprobe=a b", "-Xmx300m", "-Xss2m", "--add-opens", "java.base/java.lang=ALL-UNNAMED");
        var own = "jetty.prefork.jvmArgs=-Xss1m '-Dquoted=c d'";
        try (var server = base("options").start(options, Map.of(), own)) {
            var child = commandLine(ready(server, 1).get(0));

            for (var option : List.of("-Dprobe=a b", "-Xmx300m", "--add-opens=java.base/java.lang=ALL-UNNAMED")) {
                assertEquals(1, Collections.frequency(child, option), () -> option + " in " + child);
            }
            assertTrue(child.indexOf("-Xss2m") < child.indexOf("-Xss1m"), child::toString);
            assertEquals(child.indexOf("-Xss1m") + 1, child.indexOf("-Dquoted=c d"), child::toString);
            assertFalse(child.contains("-Xmx512m"), child::toString);
            var directories = child.stream().filter(word -> word.startsWith("-Djava.io.tmpdir="));
            assertEquals(1, directories.count(), child::toString);
        }
    }

    @Test
    void portsOfTheParentAreNotThoseOfItsChildren() throws Exception {
        var base = base("ports");
        var ports = Ports.choose();
        Files.writeString(base.directory().resolve("debug.txt"), ports.debug() + " # a comment\n");
        var options = Stream.concat(Stream.of("@debug.txt"), ports.management().stream())
                .toList();

        try (var server = base.start(options, Map.of(), ports.stop(), "STOP.KEY=key", TWO_CHILDREN, ARCHIVE)) {
            assertKept(ports, server);
        }
    }

    @Test
    void portsThatVariablesGiveTheParentAreNotThoseOfItsChildren() throws Exception {
        var base = base("variables");
        var ports = Ports.choose();
        var environment = Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Dprobe='a b' -Xmx300m -XX:MaxMetaspaceSize=300m " + String.join(" ", ports.management()),
                "JDK_JAVA_OPTIONS",
                ports.debug());

        try (var server = base.start(
                List.of(),
                environment,
                ports.stop(),
                "STOP.KEY=key",
                TWO_CHILDREN,
                "jetty.prefork.pm=dynamic",
                "jetty.prefork.minSpareServers=1",
                ARCHIVE)) {
            long child = ready(server, 1).get(0);

            var variables = Files.readString(Path.of("/proc/" + child + "/environ"));
            var left = "JAVA_TOOL_OPTIONS=-Dprobe='a b' -Xmx300m -XX:MaxMetaspaceSize=300m";
            assertTrue(("\0" + variables).contains("\0" + left + "\0"), variables);
            assertFalse(variables.contains("JDK_JAVA_OPTIONS"), variables);
            assertFalse(commandLine(child).contains("-XX:MaxMetaspaceSize=256m"));
            said(server, "children: .* 300 MB of them for its heap", 1);
            assertKept(ports, server);
        }
    }

    private static void assertKept(Ports ports, JettyServer server) throws Exception {
        var children = ready(server, 2);
        assertTrue(children.contains(servedBy(server)));
        assertTrue(listening(server.process().pid()).containsAll(ports.all()));
        for (long child : children) {
            assertEquals(Set.of(server.port()), listening(child));
        }
        said(server, "class-data archive for the next children", 1); // by a process that has not taken them either
    }

    @Test
    void modulesOfRemoteManagementAreTheParents() throws Exception {
        var base = base("jmx-remote");
        base.addModules(List.of(base.model().module(), "jmx-remote-auth"));
        int port = JettyServer.freePort();

        try (var server = base.start(
                "jetty.jmxremote.rmiregistryport=" + port, "jetty.jmxremote.rmiserverport=" + port, TWO_CHILDREN)) {
            var children = ready(server, 2);

            assertTrue(listening(server.process().pid()).contains(port));
            for (long child : children) {
                assertEquals(Set.of(server.port()), listening(child));
            }
        }
    }

    @Test
    void parentMayBeStartedByTheMainClassOfStartJar() throws Exception {
        var base = base("main-class");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var temporary = "-Djava.io.tmpdir=" + base.directory().resolve("tmp");
        var startJar = base.home().startJar().toString();
        var main = "org.eclipse.jetty.start.Main";
        var command = List.of(
                java, temporary, "-cp", startJar, main, "jetty.http.port=0", "jetty.prefork.classDataArchive=false");

        try (var server = JettyServer.start(base, command, Map.of())) {
            var child = commandLine(ready(server, 1).get(0));

            assertTrue(child.contains("org.eclipse.jetty.xml.XmlConfiguration"), child::toString);
            assertFalse(child.contains(main), child::toString);
        }
    }

    /** Ports of the parent, and the options that say so. */
    private record Ports(int debugPort, int managementPort, int stopPort) {
        static Ports choose() throws IOException {
            return new Ports(JettyServer.freePort(), JettyServer.freePort(), JettyServer.freePort());
        }

        String debug() {
            return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debugPort;
        }

        List<String> management() {
            var prefix = "-Dcom.sun.management.jmxremote";
            return List.of(prefix + ".port=" + managementPort, prefix + ".authenticate=false", prefix + ".ssl=false");
        }

        String stop() {
            return "STOP.PORT=" + stopPort;
        }

        Set<Integer> all() {
            return Set.of(debugPort, managementPort, stopPort);
        }
    }

    private static List<String> commandLine(long process) throws IOException {
        return List.of(
                Files.readString(Path.of("/proc/" + process + "/cmdline")).split("\0"));
    }

    /** The ports on which a process listens for TCP. */
    private static Set<Integer> listening(long process) throws IOException {
        var sockets = sockets(process);
        var ports = new TreeSet<Integer>();
        for (var table : List.of("tcp", "tcp6")) {
            for (var line : Files.readAllLines(Path.of("/proc/" + process + "/net/" + table))) {
                var fields = line.strip().split("\\s+"); // man 5 proc: local address, state and inode are 1, 3 and 9
                if (fields[3].equals("0A") && sockets.contains("socket:[" + fields[9] + "]")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static Set<String> sockets(long process) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/" + process + "/fd"))) {
            return descriptors.map(ChildOptionsIT::target).collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
