package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.status.StateFile;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where there can be no children the start fails, says what is missing and what to do, and leaves nothing behind. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class PlatformIT {
    /** JNA asks for the name. With that of Windows the JDK would look for classes that are not here. */
    private static final List<String> OTHER_SYSTEM = List.of("-Dos.name=FreeBSD");

    @ParameterizedTest
    @CsvSource({
        "PREFORK, jetty.prefork.startServers=1, 'use the event or the worker connector, which need no children'",
        "WORKER, jetty.worker.processes=2, 'set jetty.worker.processes=0, and the server''s own process serves'",
        "EVENT, jetty.event.startServers=2, 'set jetty.event.startServers=0, and the server''s own process serves'",
    })
    void systemWithoutInheritanceIsRefused(Model model, String property, String remedy) throws Exception {
        var base = base("platform", model);

        var ended = base.startInVain(OTHER_SYSTEM, property);

        assertRefused(
                base,
                ended,
                "java.io.IOException: child processes on one listening socket are not supported on FreeBSD, but on Linux only; "
                        + remedy);
    }

    @Test
    void libraryThatCannotBeLoadedIsNamed() throws Exception {
        var base = base("jna", Model.PREFORK);
        base.write("no-directory", "");

        var ended = base.startInVain(List.of(
                "-Djna.nosys=true", // not that of the system either
                "-Djna.tmpdir=" + base.directory().resolve("no-directory/tmp")));

        assertRefused(
                base,
                ended,
                "java.io.IOException: child processes on one listening socket need the native library of JNA, which cannot be loaded"
                        + " (java.lang.UnsatisfiedLinkError: ");
        assertTrue(
                ended.output()
                        .contains("name such a one by -Djna.tmpdir=DIRECTORY; use the event or the worker connector,"
                                + " which need no children"),
                ended::output);
    }

    /** Its user may have other directories than its parent's. */
    @Test
    void childThatCannotLoadTheLibraryFinishesWhatItHasBegun() throws Exception {
        var base = PreforkServers.base("jna");
        base.write("no-directory", "");
        try (var server = base.start("jetty.prefork.jvmArgs=-Djna.nosys=true -Djna.tmpdir="
                        + base.directory().resolve("no-directory/tmp"));
                var socket = new Socket("localhost", server.port())) {
            var children = PreforkServers.ready(server, 1);
            PreforkServers.ask(socket, PreforkServers.POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", PreforkServers.statusLine(socket));

            PreforkServers.signal("TERM", children.get(0));
            PreforkServers.said(server, "WARN .*what this process prints from now on is lost: child processes", 1);
            PreforkServers.ask(socket, "abc");

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("3 bytes, SHA-256 ba7816bf"), answer);
            PreforkServers.said(
                    server, "child " + children.get(0) + " \\(slot 0\\) ended after .* as it was asked to", 1);
        }
    }

    private static JettyBase base(String name, Model model) throws Exception {
        var base = JettyHome.ofBuild().createBase(name + "-" + model.name().toLowerCase(Locale.ROOT), model);
        base.addModules(List.of(model.module()));
        return base;
    }

    private static void assertRefused(JettyBase base, JettyBase.Ended ended, String message) throws Exception {
        assertTrue(ended.output().contains(message), ended::output);
        assertNotEquals(0, ended.status());
        assertEquals(List.of(), JettyServer.processesOf(base));
        assertEquals(List.of(), PreforkServers.workDirectories(base));
        assertFalse(Files.exists(StateFile.in(base.directory())));
    }
}
