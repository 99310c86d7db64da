package io.github.jettympm;

import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.ProcessFigures;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.status.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a server of the same base has left that was killed together with all its children; a child that outlives its
 * parent removes it itself.
 *
 * <p>The state file in the base says where that is, and in the base others may write. So only what cannot be anything else is
 * removed: a work directory beside our own, of our own user, whose own state says that it belongs to that very process, which
 * has ended, and in which no child lives.
 */
final class AbandonedServer {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedServer.class);

    /** What {@link ProcessHandle} knows of a start is rounded, and the time of the parent was taken a little later. */
    private static final Duration ROUNDING = Duration.ofMinutes(1);

    private AbandonedServer() {}

    /**
     * Removes it, if there is any.
     *
     * @param stateFile where the server would have written its state
     * @param own the directory of the server that starts
     */
    static void remove(Path stateFile, WorkDirectory own) {
        if (!Files.isRegularFile(stateFile, LinkOption.NOFOLLOW_LINKS) || !own.isOfSameOwner(stateFile)) {
            return;
        }
        try {
            StateFile left = StateFile.readFile(stateFile);
            if (left.isOfEndedServer()) {
                left.scoreboards().stream()
                        .map(own::beside)
                        .flatMap(Optional::stream)
                        .filter(directory -> isOf(left, directory) && !hasChild(directory))
                        .forEach(AbandonedServer::remove);
            }
        } catch (IOException e) {
            LOG.debug("nobody can tell what {} is about", stateFile, e);
        }
    }

    private static void remove(WorkDirectory directory) {
        LOG.info("removing {}, which a server of this base has left that was killed", directory.path());
        directory.delete();
    }

    private static boolean isOf(StateFile server, WorkDirectory directory) {
        try {
            return server.isOfSameServer(StateFile.readFile(directory.state()));
        } catch (IOException e) {
            LOG.debug("{} does not say whose it is", directory.path(), e);
            return false;
        }
    }

    /** Such a child ends within seconds, and removes the directory then. */
    private static boolean hasChild(WorkDirectory directory) {
        try {
            Scoreboard scoreboard = Scoreboard.openToRead(directory.scoreboard());
            return IntStream.range(0, scoreboard.slots())
                    .filter(slot -> scoreboard.state(slot) != SlotState.OPEN)
                    .mapToObj(scoreboard::process)
                    .anyMatch(AbandonedServer::lives);
        } catch (IOException e) {
            LOG.debug("no child can be asked for in {}", directory.path(), e);
            return false;
        }
    }

    private static boolean lives(ProcessFigures child) {
        Instant latest = Instant.ofEpochMilli(child.started()).plus(ROUNDING);
        return ProcessHandle.of(child.pid())
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> !start.isAfter(latest)) // one that has got its number was started later
                .isPresent();
    }
}
