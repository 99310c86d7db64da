package io.github.jettympm;

import io.github.jettympm.settings.ScanSettings;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether something has changed where applications are. It speaks up when a whole look finds everything as
 * the one before has found it, and that is not what children were last started from: so what is still being copied, or was removed
 * to be put back, is left alone. It cannot see that a copy has stopped for longer than the time from one look to the next.
 *
 * <p>Jetty's {@code Scanner} tells of a removal at once, and of a file that rests while others are still being written.
 */
final class ApplicationsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationsWatch.class);

    private final Path directory;
    private final int seconds;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mpm-applications-watch");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, Entry> served;
    private Optional<Map<String, Entry>> last;
    private boolean unreadable;

    /** What tells a file or directory from another of that name, or from itself at another time. */
    private record Entry(long size, FileTime changed) {
        /** Somebody has removed it meanwhile, or it is a link that leads nowhere. */
        private static final Entry GONE = new Entry(-1, FileTime.fromMillis(0));

        static Entry of(Path path) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Entry(attributes.size(), attributes.lastModifiedTime());
            } catch (IOException e) {
                return GONE;
            }
        }
    }

    /** How an application differs from what children were started from. */
    private enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    private ApplicationsWatch(Path directory, int seconds) throws IOException {
        this.directory = directory;
        this.seconds = seconds;
        this.served = entries();
        this.last = Optional.of(served);
    }

    /**
     * Notes what is there. Called before the first child starts, so that what changes while it does is found later.
     *
     * @param settings where and how often
     * @return empty if nobody wants it
     * @throws IOException if the directory is not there, or cannot be read
     */
    static Optional<ApplicationsWatch> of(ScanSettings settings) throws IOException {
        if (!settings.isWanted()) {
            return Optional.empty();
        }
        if (!Files.isDirectory(settings.directory())) {
            throw new IOException(settings.prefix() + ".scanDirectory: " + settings.directory()
                    + " is no directory; name the one with the applications, or set " + settings.prefix()
                    + ".scanInterval=0");
        }
        return Optional.of(new ApplicationsWatch(settings.directory(), settings.seconds()));
    }

    private Map<String, Entry> entries() throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                entries.put(file.getFileName().toString(), Entry.of(file));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /**
     * Begins to look.
     *
     * @param onChange called by the thread of the watch
     */
    void start(Runnable onChange) {
        looks.scheduleWithFixedDelay(() -> lookGuarded(onChange), seconds, seconds, TimeUnit.SECONDS);
    }

    /** Whatever happens to a look, there is another one. */
    private void lookGuarded(Runnable onChange) {
        try {
            look(onChange);
        } catch (RuntimeException e) {
            LOG.warn("cannot look for changed applications in {}; trying again in {} s", directory, seconds, e);
        }
    }

    /** Looks once. */
    void look(Runnable onChange) {
        Optional<Map<String, Entry>> seen = see();
        boolean rests = seen.isPresent() && seen.equals(last);
        last = seen;
        if (rests && !seen.get().equals(served)) {
            LOG.info("restarting the children, since applications have changed: {}", changes(served, seen.get()));
            served = seen.get();
            onChange.run();
        }
    }

    /** Empty if it is not possible now: the directory may be about to be replaced by another one. */
    private Optional<Map<String, Entry>> see() {
        try {
            Map<String, Entry> seen = entries();
            unreadable = false;
            return Optional.of(seen);
        } catch (IOException e) {
            if (!unreadable) {
                LOG.warn("{} cannot be read, so changed applications are not found until it can be", directory, e);
            }
            unreadable = true;
            return Optional.empty();
        }
    }

    private static Map<String, Change> changes(Map<String, Entry> before, Map<String, Entry> after) {
        Map<String, Change> changes = new TreeMap<>();
        before.keySet().stream().filter(it -> !after.containsKey(it)).forEach(it -> changes.put(it, Change.REMOVED));
        after.forEach((name, entry) -> {
            if (!before.containsKey(name)) {
                changes.put(name, Change.ADDED);
            } else if (!before.get(name).equals(entry)) {
                changes.put(name, Change.CHANGED);
            }
        });
        return changes;
    }

    void stop() {
        looks.shutdownNow();
    }
}
