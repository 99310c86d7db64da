package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ARCHIVE;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.awaitEnd;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.process;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.workDirectories;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the processes of children are started with: an archive of classes, and a user. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ChildProcessIT {
    private static final String USER = "nobody";
    private static final String GROUP = "daemon";

    @Test
    void childrenStartFromTheArchiveOfTheFirstUntilTheClassPathChanges() throws Exception {
        try (var server = base("archive").start("jetty.prefork.startServers=2", "jetty.prefork.jvmArgs=", ARCHIVE)) {
            var first = ready(server, 2);
            said(server, "class-data archive for the next children: \\d+ KB", 1);
            assertEquals(List.of(false, true), mapped(first, "classes-1/classes.jsa"));
            var addresses = addressesOfArchive(first.subList(1, 2), 1);

            var second = restarted(server, first, 4);
            assertEquals(List.of(true, true), mapped(second, "classes-1/classes.jsa"));
            assertEquals(addresses, addressesOfArchive(second, 1), "they start from the same archive");

            server.base().write("resources/new.properties", "new=true");
            var third = restarted(server, second, 6);
            assertEquals(List.of(false, true), mapped(third, "classes-3/classes.jsa"));
            assertNotEquals(addresses, addressesOfArchive(third.subList(1, 2), 3));
        }
    }

    /** The one address at which children have mapped the archive of their classes, where they have addresses in common. */
    private static Set<String> addressesOfArchive(List<Long> children, int generation) throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "elsewhere each child has addresses of its own");
        var addresses = new TreeSet<String>();
        for (long child : children) {
            var maps = Files.readString(Path.of("/proc/" + child + "/maps"));
            var mapped = maps.lines()
                    .filter(line -> line.endsWith("classes-" + generation + "/classes.jsa"))
                    .findFirst();
            addresses.add(mapped.orElse("none in child " + child).split("-")[0]);
        }
        assertEquals(1, addresses.size(), addresses::toString);
        return addresses;
    }

    /** Its class is checked against those that it throws, which takes them to be loaded, but nothing throws one. */
    @Test
    void classesThatAreOnlyLoadedAreInTheArchiveToo() throws Exception {
        var base = base("loaded");
        var log = base.directory().resolve("classes-").toString();
        var options = "jetty.prefork.jvmArgs=-Xlog:class+load:file=" + log + "%p";
        try (var server = base.start(
                "jetty.prefork.startServers=2", "jetty.prefork.keepAliveUnderPressure=-1", options, ARCHIVE)) {
            var children = ready(server, 2);

            var fromJar = "org.eclipse.jetty.xml.XmlConfigurationException source: file:";
            assertTrue(Files.readString(Path.of(log + children.get(0))).contains(fromJar));
            var further = Path.of(log + children.get(1));
            var started = Files.readString(further);
            assertFalse(started.contains(fromJar));

            awaitServedBy(server, children.get(1));
            var forFirstRequest = namesFromJars(Files.readString(further).substring(started.length()));
            if (Boolean.getBoolean("page.write")) {
                addNamesForFirstRequest(forFirstRequest);
            }
            assertTrue(forFirstRequest.size() < 40, () -> "not in the archive: " + forFirstRequest);
        }
    }

    /** A connection to the other child keeps that one busy. */
    private static void awaitServedBy(JettyServer server, long child) throws IOException {
        try (var held = new Socket("localhost", server.port())) {
            ask(held, "GET /echo/process HTTP/1.1\r\nHost: localhost\r\n\r\n");
            if (process(held) != child) {
                assertEquals(child, servedBy(server));
            }
        }
    }

    /** Classes of Jetty, of the connectors and of the Servlet API that were loaded, but not from an archive. */
    private static List<String> namesFromJars(String log) {
        return Pattern.compile(
                        "((?:org\\.eclipse\\.jetty|io\\.github\\.jettympm|jakarta\\.servlet)\\.[\\w.$]+) source: file:")
                .matcher(log)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void addNamesForFirstRequest(List<String> names) throws IOException {
        var file = Path.of("../connector-api/src/main/resources/io/github/jettympm/child/first-request.txt");
        var all = new TreeSet<>(Files.readAllLines(file)); // comments come first
        all.addAll(names);
        Files.write(file, all);
    }

    /** The two children of the next generation, with which there have been so many. */
    private static List<Long> restarted(JettyServer server, List<Long> old, int everReady) throws Exception {
        signal("HUP", server.process().pid());
        for (long child : old) {
            said(server, "child " + child + " .* ended after .* as it was asked to", 1);
        }
        return ready(server, everReady).subList(everReady - 2, everReady);
    }

    @Test
    @Tag("once")
    void childrenOfRootRunAsAnotherUserAndKeepSessions() throws Exception {
        assumeTrue(uid("self").equals("0"), "only root can start processes of another user");
        var base = base("user");
        assumeTrue(
                everyoneMayEnter(base.directory()), () -> USER + " may not enter " + base.directory() + " or above it");
        for (var written : List.of(base.directory(), base.directory().resolve("tmp"))) {
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        var sessions = Files.createDirectory(base.directory().resolve("mpm-sessions"));
        var accounts = sessions.getFileSystem().getUserPrincipalLookupService();
        var account = accounts.lookupPrincipalByName(USER);
        Files.setOwner(sessions, account);
        Files.getFileAttributeView(sessions, PosixFileAttributeView.class)
                .setGroup(accounts.lookupPrincipalByGroupName(GROUP));

        var server = base.start(
                "jetty.prefork.startServers=2", "jetty.prefork.user=" + USER, "jetty.prefork.group=" + GROUP, ARCHIVE);
        var children = ready(server, 2);
        try (var browser = ChildConnections.open(server.port(), 2)) {
            browser.get("/echo/session").shows(200);
            browser.get("/echo/session").shows(200);
        }

        assertTrue(children.contains(servedBy(server)));
        for (long child : children) {
            var uid = uid(Long.toString(child));
            assertFalse(uid.equals("0"), "child " + child + " is root's");
            assertEquals(Files.getAttribute(sessions, "unix:uid").toString(), uid);
            var gid = Files.getAttribute(sessions, "unix:gid").toString();
            assertEquals(Set.of(gid), Set.copyOf(numbers(child, "Gid:")));
            assertEquals(groupsOfUser(), new TreeSet<>(numbers(child, "Groups:")));
        }
        assertEquals(List.of(false, true), mapped(children, "classes-1/classes.jsa"));
        assertEquals(List.of(true, true), mapped(children, "applications-1/libsqlitejdbc.so"));
        var work = workDirectories(base).get(0);
        assertEquals("root", Files.getOwner(work).getName());
        assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(work)));
        assertEquals(account, Files.getOwner(work.resolve("scoreboard")));

        signal("TERM", server.process().pid());
        awaitEnd(server, children);
        assertEquals(List.of(), workDirectories(base));
    }

    @Test
    @Tag("once")
    void rootIsRefusedAndNothingIsLeft() throws Exception {
        var base = base("root-user");

        var failure = assertThrows(
                IllegalStateException.class,
                () -> base.start("jetty.prefork.user=root").close());

        assertTrue(failure.getMessage().contains("jetty.prefork.user=root: that user is root"), failure::getMessage);
        assertEquals(List.of(), workDirectories(base));
    }

    @Test
    @Tag("once")
    void userThatDoesNotExistIsNamedAndNothingIsLeft() throws Exception {
        var base = base("no-user");

        var failure = assertThrows(
                IllegalStateException.class,
                () -> base.start("jetty.prefork.user=mpm-nobody").close());

        assertTrue(
                failure.getMessage().contains("jetty.prefork.user=mpm-nobody: children cannot run as that user"),
                failure::getMessage);
        assertEquals(List.of(), workDirectories(base));
    }

    /** Of which of them memory is mapped from the file. */
    private static List<Boolean> mapped(List<Long> processes, String file) throws IOException {
        return processes.stream()
                .map(process ->
                        lines("/proc/" + process + "/maps").anyMatch(line -> line.matches(".*(" + file + ").*")))
                .toList();
    }

    private static String uid(String process) {
        return numbers(process, "Uid:").get(0);
    }

    private static List<String> numbers(long process, String name) {
        return numbers(Long.toString(process), name);
    }

    private static List<String> numbers(String process, String name) {
        return lines("/proc/" + process + "/status")
                .filter(line -> line.startsWith(name))
                .flatMap(line -> Stream.of(line.split("\\s+")))
                .skip(1)
                .toList();
    }

    /** None of them is one of the root that starts the children. */
    private static Set<String> groupsOfUser() throws IOException {
        var id = new ProcessBuilder("id", "-G", USER).start();
        var groups = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new TreeSet<>(List.of(groups.strip().split(" ")));
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean everyoneMayEnter(Path directory) throws IOException {
        for (Path it = directory.toRealPath(); it != null; it = it.getParent()) {
            if (!Files.getPosixFilePermissions(it).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }
}
