package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worker and event in two processes, each of which serves many requests at once. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class ProcessesIT {
    private static final int CLIENTS = 8;

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "EVENT"})
    void aRestartUnderLoadLosesNoRequestAndAKilledChildItsOwn(Model model) throws Exception {
        try (var server = base(model, "restart").start("jetty." + name(model) + ".processes=2")) {
            var old = ready(server, 2);
            assertFalse(
                    Files.exists(server.base()
                            .directory()
                            .resolve("application-in-" + server.process().pid())),
                    "the parent started the application");

            try (var load = new Load(server.port(), "/echo/process", CLIENTS, 4_000)) {
                signal("HUP", server.process().pid());
                for (long child : old) {
                    said(server, "child " + child + " .* ended after .* as it was asked to", 1);
                }
                load.awaitEnough();

                assertEquals(List.of(), load.failures());
                assertEquals(
                        pids(ready(server, 4)),
                        load.answers().keySet().stream().map(Long::valueOf).collect(Collectors.toSet()));
            }
            var living = alive(ready(server, 4));
            assertEquals(2, living.size());

            try (var load = new Load(server.port(), "/echo/process", CLIENTS, 2_000)) {
                signal("KILL", living.get(0));
                said(server, "child " + living.get(0) + " .* killed by signal 9 .*; starting another", 1);
                ready(server, 5);
                load.awaitEnough();

                assertTrue(load.failures().size() <= CLIENTS, load.failures()::toString);
            }
            assertTrue(alive(ready(server, 5)).contains(servedBy(server)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "EVENT"})
    void aChildServesManyConnectionsAndFinishesThemWhenTheServerStops(Model model) throws Exception {
        var server = base(model, "many").start("jetty." + name(model) + ".processes=1");
        var children = ready(server, 1);
        try (var waits = new Socket("localhost", server.port())) {
            ask(waits, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(waits));
            assertEquals(children.get(0), servedBy(server));

            signal("TERM", server.process().pid());
            said(server, "Stopped oejs.Server@\\w+\\{STOPPING}\\[[^]]*sto=30000]", 1); // by the child, which drains
            ask(waits, "abc");

            var answer = new String(waits.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("3 bytes, SHA-256 ba7816bf"), answer);
        }
        said(server, "children ended: GRACEFUL", 1);
        PreforkServers.awaitEnd(server, children);
    }

    private static Set<Long> pids(List<Long> pids) {
        return new HashSet<>(pids);
    }

    private static String name(Model model) {
        return model.module().substring(model.module().indexOf('-') + 1);
    }

    private static JettyBase base(Model model, String name) throws Exception {
        var base = JettyHome.ofBuild().createBase("processes-" + name + "-" + name(model), model);
        base.addModules(List.of(model.module(), "ee10-deploy"));
        base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        return base;
    }
}
