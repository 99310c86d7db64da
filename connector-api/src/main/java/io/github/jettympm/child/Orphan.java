package io.github.jettympm.child;

import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.status.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a child does whose parent is gone. */
final class Orphan {
    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

    /** How often a child looks. With the other two this keeps the promise that an orphan ends within 5 s, and leaves a busy machine one of them. */
    static final Duration CHECK = Duration.ofSeconds(1);

    /** How long it may go on with what it has begun. */
    static final Duration DRAIN = Duration.ofSeconds(2);

    /** How long it may take to remove its traces. */
    private static final Duration REMOVAL = Duration.ofSeconds(1);

    private Orphan() {}

    /**
     * Removes the traces of this process and ends it.
     *
     * @param stateFile where the parent has told tools of its server, if that is known
     */
    static void end(ChildEnvironment environment, Optional<Path> stateFile) {
        try {
            Thread remover = new Thread(() -> removeTraces(environment, stateFile), "mpm-orphan-removal");
            remover.setDaemon(true);
            remover.start();
            remover.join(REMOVAL.toMillis());
        } catch (InterruptedException e) {
            // It ends all the same.
        } finally {
            Runtime.getRuntime().halt(ExitStatus.ORPHANED.code());
        }
    }

    /** The parent would have done it; the last orphan finds no other's directory and removes all. */
    private static void removeTraces(ChildEnvironment environment, Optional<Path> stateFile) {
        WorkDirectory directory = WorkDirectory.of(environment.scoreboard());
        Optional<StateFile> server = stateOf(directory);
        directory.deleteSlot(environment.slot());
        directory.deleteIfUnused();
        if (server.isPresent() && server.get().scoreboards().stream().noneMatch(Files::exists)) {
            stateFile.ifPresent(file -> remove(server.get(), file));
        }
    }

    private static Optional<StateFile> stateOf(WorkDirectory directory) {
        try {
            return Optional.of(StateFile.readFile(directory.state()));
        } catch (IOException e) {
            return Optional.empty(); // another orphan was faster
        }
    }

    private static void remove(StateFile server, Path file) {
        try {
            server.remove(file);
        } catch (IOException e) {
            LOG.debug("{} stays; the next start of the server replaces it", file, e);
        }
    }
}
