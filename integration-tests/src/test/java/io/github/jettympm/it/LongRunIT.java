package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ARCHIVE;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.kill;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes minutes, and so is no part of every build: {@code long-run.sh} runs it. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("long")
class LongRunIT {
    private static final int KILLS = 60;
    private static final int RESTARTS = 3;

    @Test
    void aChildIsKilledEachSecondForAMinute() throws Exception {
        try (var server = base("killed-long").start("jetty.prefork.startServers=8", ARCHIVE)) {
            var pool = Pool.of(server, 8);
            var random = new Random(1); // the order of the slots, not of the processes, is the same each time
            var pause = new CountDownLatch(1); // nobody counts it down
            var held = new HashSet<Integer>();
            int killed = 0;
            int connected = 0;
            try (var load = new Load(server.port(), "/echo/process", 4, 1)) {
                while (killed < KILLS) {
                    var living = alive(ready(server, 8));
                    if (!living.isEmpty()) {
                        var connections = kill(server, living.get(random.nextInt(living.size())));
                        held.addAll(connections);
                        connected += connections.size();
                        killed++;
                    }
                    pause.await(1, TimeUnit.SECONDS);
                }
                pool.awaitWhole();
                int answers = load.answers().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                System.out.printf(
                        "%d children killed, %d of them with a connection, %d answers, %d failures%n",
                        killed, connected, answers, load.failures().size());

                assertTrue(load.failures().size() <= killed, load.failures()::toString);
                // So none of a request that waited in the queue of the listening socket, which no child had read.
                assertEquals(List.of(), load.failuresBeside(held));
            }
            said(server, "child \\d+ \\(slot \\d+\\) ready", 8 + killed);
        }
    }

    @Test
    void restartsUnderLoadLoseNoneOfFiftyThousandRequests() throws Exception {
        var base = base("restart-long");
        base.deploy("app", VersionWar.pack(base.directory(), "1"), "ee10");
        try (var server = base.start("jetty.prefork.startServers=4", ARCHIVE)) {
            var pool = Pool.of(server, 4);
            try (var load = new Load(server.port(), "/echo/process", 8, 50_000);
                    var replaced = new Load(server.port(), "/app/version.txt", 1, 1)) {
                for (int generation = 2; generation < 2 + RESTARTS; generation++) {
                    var old = alive(ready(server, 4));
                    load.awaitAnswers(4 * (generation - 1)); // from each of the old ones, which end now
                    replaced.awaitAnswers(generation - 1);
                    VersionWar.replace(base, "app", Integer.toString(generation));
                    signal("HUP", server.process().pid());
                    said(server, "generation " + generation + " is ready", 1);
                    for (long child : old) {
                        said(server, "child " + child + " .* ended after .* as it was asked to", 1);
                    }
                }
                load.awaitEnough();
                load.awaitAnswers(4 * (RESTARTS + 1));
                replaced.awaitAnswers(RESTARTS + 1);
                System.out.printf(
                        "%d restarts, %d answers, %d failures%n",
                        RESTARTS,
                        load.answers().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        load.failures().size());

                assertEquals(List.of(), load.failures());
                assertEquals(4 * (RESTARTS + 1), load.answers().size());
                assertEquals(List.of(), replaced.failures());
                assertEquals(Set.of("1", "2", "3", "4"), replaced.answers().keySet());
            }
            pool.awaitWhole();
        }
    }
}
