package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.POST_IN_FLIGHT;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.ask;
import static io.github.jettympm.it.PreforkServers.assertFinishedWhenTheServerStops;
import static io.github.jettympm.it.PreforkServers.kill;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.servedBy;
import static io.github.jettympm.it.PreforkServers.signal;
import static io.github.jettympm.it.PreforkServers.statusLine;
import static io.github.jettympm.it.PreforkServers.workDirectories;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.status.StatusReader;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worker and event in two processes, each of which serves many requests at once. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("once")
class ProcessesIT {
    private static final int CLIENTS = 3;

    @ParameterizedTest
    @EnumSource(names = {"WORKER", "EVENT"})
    void aRestartUnderLoadLosesNoRequestAndAKilledChildItsOwn(Model model) throws Exception {
        try (var server = start(model, "restart", 2)) {
            var old = ready(server, 2);
            assertFalse(
                    Files.exists(server.base()
                            .directory()
                            .resolve("application-in-" + server.process().pid())),
                    "the parent started the application");

            try (var load = new Load(server.port(), "/echo/process", CLIENTS, 4_000)) {
                load.awaitAnswers(2); // from each of the old ones, which end now
                signal("HUP", server.process().pid());
                for (long child : old) {
                    said(server, "child " + child + " .* ended after .* as it was asked to", 1);
                }
                load.awaitEnough();
                load.awaitAnswers(4);

                assertEquals(List.of(), load.failures());
                assertEquals(
                        Set.copyOf(ready(server, 4)),
                        load.answers().keySet().stream().map(Long::valueOf).collect(Collectors.toSet()));
            }
            var living = alive(ready(server, 4));
            assertEquals(2, living.size());
            var pool = Pool.of(server, 2);

            try (var load = new Load(server.port(), "/echo/process", CLIENTS, 2_000)) {
                load.awaitAnswers(2);
                var held = new HashSet<Integer>();
                pool.survives("kill -9", () -> held.addAll(kill(server, living.get(0))));
                said(server, "child " + living.get(0) + " .* killed by signal 9 .*; starting another", 1);
                ready(server, 5);
                load.awaitEnough();

                assertEquals(List.of(), load.failuresBeside(held));
            }
            assertTrue(alive(ready(server, 5)).contains(servedBy(server)));
        }
    }

    @Test
    void aChildServesManyConnectionsAndFinishesThemWhenTheServerStops() throws Exception {
        var base = PreforkServers.base("many-event", Model.EVENT);
        var server = base.start("jetty.event.processes=1");
        var children = ready(server, 1);
        try (var waits = new Socket("localhost", server.port())) {
            ask(waits, POST_IN_FLIGHT);
            assertEquals("HTTP/1.1 100 Continue", statusLine(waits));
            assertEquals(children.get(0), servedBy(server));
            assertEquals(List.of("POST /echo/digest for 127.0.0.1"), running(base, children.get(0)));

            assertFinishedWhenTheServerStops(server, waits, children);
        }
    }

    /** The request that calls System.exit lasts until its process has ended, and so the drain lasts for all of its time. */
    @ParameterizedTest
    @EnumSource(names = "EVENT")
    void aChildWhoseApplicationEndsTheProcessHasTheStatusOfTheApplication(Model model) throws Exception {
        var prefix = "jetty." + name(model);
        var base = PreforkServers.base("exit-" + name(model), model);
        try (var server = base.start(prefix + ".processes=1", prefix + ".drainTimeout=1000")) {
            ready(server, 1);
            var scoreboard = Scoreboard.openToRead(
                    workDirectories(base).get(0).resolve("scoreboard")); // to see what its parent sees
            try (var client = new Socket("localhost", server.port())) {
                ask(client, POST_IN_FLIGHT);
                assertEquals("HTTP/1.1 100 Continue", statusLine(client));
                assertTrue(scoreboard.isServing(0));
                ask(client, "abc");
                Await.until("the request is over", () -> !scoreboard.isServing(0));
            }
            try (var client = new Socket("localhost", server.port())) {
                ask(client, "GET /echo/fatal?exit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                ready(server, 2);
                said(
                        server,
                        "WARN.*child \\d+ \\(slot 0\\) ended after .* with status 7, while it served GET /echo/fatal for"
                                + " 127.0.0.1; starting another",
                        1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Model.class,
            names = {"WORKER", "EVENT"})
    void childrenStartWhenTooFewThreadsAreIdleAndEndWhenTooManyAre(Model model) throws Exception {
        var prefix = "jetty." + name(model);
        var base = PreforkServers.base("threads-" + name(model), model);
        try (var server = base.start(
                prefix + ".startServers=1",
                prefix + ".threadsPerChild=2",
                prefix + ".minSpareThreads=1",
                prefix + ".maxSpareThreads=3",
                prefix + ".maxRequestWorkers=4")) {
            ready(server, 1);
            var clients = new ArrayList<Socket>();
            try {
                for (int children : new int[] {1, 2, 2, 2}) {
                    var client = new Socket("localhost", server.port());
                    clients.add(client);
                    ask(client, POST_IN_FLIGHT); // so a thread of its own waits for the content
                    assertEquals("HTTP/1.1 100 Continue", statusLine(client));
                    ready(server, children);
                }
                said(
                        server,
                        "there are as many children as " + prefix
                                + ".maxRequestWorkers=4 allows: 2 children with 0 idle" + " threads",
                        1);
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
            said(server, "child \\d+ .* is asked to end after .*: too many are idle", 1);
            said(server, "child \\d+ .* ended after .* as it was asked to", 1);

            assertEquals(1, alive(ready(server, 2)).size());
        }
    }

    /** What a tool sees of the requests that a child serves. */
    private static List<String> running(JettyBase base, long child) throws Exception {
        return StatusReader.read(base.directory()).processes().stream()
                .filter(process -> process.pid() == child)
                .flatMap(process -> process.threads().stream())
                .filter(row ->
                        row.activity() == Activity.WRITING && !row.request().endsWith("/process"))
                .map(row -> row.request() + " for " + row.client())
                .toList();
    }

    private static String name(Model model) {
        return model.module().substring(model.module().indexOf('-') + 1);
    }

    private static JettyServer start(Model model, String name, int processes) throws Exception {
        return PreforkServers.base(name + "-" + name(model), model)
                .start("jetty." + name(model) + ".processes=" + processes);
    }
}
