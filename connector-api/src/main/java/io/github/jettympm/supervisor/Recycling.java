package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.RecycleSettings;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at children once a second, and marks those that have served for long enough; a {@link Replacement} follows. */
final class Recycling {
    private static final Logger LOG = LoggerFactory.getLogger(Recycling.class);
    private static final long PERIOD = 1_000_000_000L; // ns

    private final Scoreboard scoreboard;
    private final RecycleSettings settings;
    private final Consumer<String> warning;
    private boolean ever;
    private long last;
    private boolean warned;

    /** @param warning is told, once, what the operator should change */
    Recycling(Scoreboard scoreboard, RecycleSettings settings, Consumer<String> warning) {
        this.scoreboard = scoreboard;
        this.settings = settings;
        this.warning = warning;
    }

    void look(List<ChildHandle> children, long now) {
        if (ever && now - last < PERIOD) {
            return;
        }
        ever = true;
        last = now;
        children.stream()
                .filter(child -> child.everReady() && !child.isEnding() && !child.isExpired())
                .forEach(child -> look(child, now));
    }

    private void look(ChildHandle child, long now) {
        Expiry expiry = child.expiry();
        long rss = expiry.limitsRss()
                ? ProcessMemory.residentMegabytes(child.process().pid())
                : 0;
        expiry.tooLargeAtFirst(child.readyFor(now), rss)
                .filter(words -> !warned)
                .ifPresent(words -> warn(child, words));
        expiry.reason(scoreboard.traffic(child.slot()).connections(), child.readyFor(now), rss)
                .ifPresent(reason -> {
                    child.expire(reason.cause());
                    LOG.info(
                            "{} has served for long enough ({}); another child is to take its place",
                            child,
                            reason.words());
                });
    }

    private void warn(ChildHandle child, String words) {
        warned = true;
        warning.accept(child + " has " + words
                + ": it is replaced for its memory as soon as it has served for 10 s, and so"
                + " is each that takes its place; raise " + settings.prefix() + ".maxChildRss=" + settings.maxRss());
    }
}
