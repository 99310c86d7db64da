package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.Traffic;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how children ended, and whether so many end without a request that it is better to wait with the next. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    /** A child that lived for so long after it was ready does not crash by itself. */
    private static final Duration SURVIVES = Duration.ofSeconds(10);

    /** As many as httpd's event replaces at once (event.c, AH10392). */
    private static final int FORGIVEN_CRASHES = 3;

    private final Scoreboard scoreboard;
    private final RespawnBackoff boots = new RespawnBackoff();
    private final RespawnBackoff crashes = new RespawnBackoff(FORGIVEN_CRASHES);

    Endings(Scoreboard scoreboard) {
        this.scoreboard = scoreboard;
    }

    /** @param explanation what the child left to say */
    Ending of(ChildHandle child, Optional<String> explanation, long now) {
        return new Ending(
                child.toString(),
                child.age(now),
                scoreboard.traffic(child.slot()).connections(),
                inFlight(child),
                child.exitStatus(),
                child.isAsked(),
                child.killedSince(),
                explanation);
    }

    /** What the child said last, which the file keeps; of many requests the one that was served for longest. */
    private Optional<String> inFlight(ChildHandle child) {
        int slot = child.slot();
        List<Traffic> running = IntStream.range(0, scoreboard.rows())
                .filter(row -> scoreboard.activity(slot, row) == Activity.WRITING)
                .mapToObj(row -> scoreboard.traffic(slot, row))
                .sorted(Comparator.comparingLong(Traffic::since))
                .toList();
        return running.stream()
                .findFirst()
                .map(row -> row.request() + " for " + row.client() + more(running.size() - 1));
    }

    private static String more(int requests) {
        return requests == 0 ? "" : " and " + requests + " more";
    }

    void report(ChildHandle child, Ending ending, long now) {
        if (!child.everReady() || !ending.asked()) {
            scoreboard.pool().crashed(ending.status());
        }
        if (!child.everReady()) {
            Duration delay = boots.failed(child.bornAt(), now);
            LOG.error("{}; starting another in {} s", ending.beforeItWasReady(), delay.toSeconds());
        } else if (ending.asked()) {
            LOG.info("{}", ending);
        } else {
            reportDeath(child, ending, now);
        }
    }

    /** A child ended since the server stops. */
    void reportStopped(ChildHandle child, Ending ending) {
        LOG.info("{}", child.everReady() ? ending : ending.beforeItWasReady());
    }

    /** One that died of a request is replaced at once, or whoever sends such requests could empty the pool. */
    private void reportDeath(ChildHandle child, Ending ending, long now) {
        boolean byItself =
                !scoreboard.isServing(child.slot()) && child.readyFor(now).compareTo(SURVIVES) < 0;
        Duration delay = byItself ? crashes.failed(child.bornAt(), now) : Duration.ZERO;
        if (delay.isZero()) {
            LOG.warn("{}; starting another if one is missing", ending);
        } else {
            LOG.error(
                    "{}; several in a row ended soon after they were ready, and not of a request: starting another in {} s",
                    ending,
                    delay.toSeconds());
        }
    }

    /** A child became ready. */
    void ready() {
        boots.ready();
    }

    /** Those that live for some time end the waiting. */
    void noteSurvivors(List<ChildHandle> children, long now) {
        if (children.stream().anyMatch(child -> child.takeSurvived(SURVIVES, now))) {
            crashes.ready();
        }
    }

    /** A process could not even be started; how long to wait. */
    Duration notStarted(long now) {
        return boots.failed(now);
    }

    boolean allowStart(long now) {
        return boots.allows(now) && crashes.allows(now);
    }
}
