package io.github.jettympm.it;

import static io.github.jettympm.it.PreforkServers.ARCHIVE;
import static io.github.jettympm.it.PreforkServers.alive;
import static io.github.jettympm.it.PreforkServers.base;
import static io.github.jettympm.it.PreforkServers.ready;
import static io.github.jettympm.it.PreforkServers.said;
import static io.github.jettympm.it.PreforkServers.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
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
            ready(server, 8);
            var random = new Random(1); // the order of the slots, not of the processes, is the same each time
            var pause = new CountDownLatch(1); // nobody counts it down
            int killed = 0;
            try (var load = new Load(server.port(), "/echo/process", 4, 1)) {
                for (int second = 0; second < KILLS; second++) {
                    var living = alive(ready(server, 8));
                    if (!living.isEmpty()) {
                        signal("KILL", living.get(random.nextInt(living.size())));
                        killed++;
                    }
                    pause.await(1, TimeUnit.SECONDS);
                }
                int answers = load.answers().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                System.out.printf(
                        "%d children killed, %d answers, %d failures%n",
                        killed, answers, load.failures().size());

                assertTrue(killed > KILLS / 2, "only " + killed + " could be killed");
                assertTrue(load.failures().size() <= killed, load.failures()::toString);
            }
            said(server, "child \\d+ \\(slot \\d+\\) ready", 8 + killed / 2);
        }
    }

    @Test
    void restartsUnderLoadLoseNoneOfFiftyThousandRequests() throws Exception {
        try (var server = base("restart-long").start("jetty.prefork.startServers=4", ARCHIVE)) {
            ready(server, 4);
            try (var load = new Load(server.port(), "/echo/process", 8, 50_000)) {
                for (int generation = 2; generation < 2 + RESTARTS; generation++) {
                    var old = alive(ready(server, 4));
                    load.awaitAnswers(4 * (generation - 1)); // from each of the old ones, which end now
                    signal("HUP", server.process().pid());
                    said(server, "generation " + generation + " is ready", 1);
                    for (long child : old) {
                        said(server, "child " + child + " .* ended after .* as it was asked to", 1);
                    }
                }
                load.awaitEnough();
                load.awaitAnswers(4 * (RESTARTS + 1));
                System.out.printf(
                        "%d restarts, %d answers, %d failures%n",
                        RESTARTS,
                        load.answers().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        load.failures().size());

                assertEquals(List.of(), load.failures());
                assertEquals(4 * (RESTARTS + 1), load.answers().size());
            }
        }
    }
}
