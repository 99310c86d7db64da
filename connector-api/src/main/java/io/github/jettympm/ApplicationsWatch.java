package io.github.jettympm;

import io.github.jettympm.settings.ScanSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.util.Scanner;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether something has changed where applications are, with Jetty's own {@link Scanner}: it speaks up
 * when what has changed was the same in two looks, so a file that is still being written is left alone.
 */
final class ApplicationsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationsWatch.class);

    private final Scanner scanner = new Scanner();

    private ApplicationsWatch(ScanSettings settings, Runnable onChange) {
        scanner.setScanInterval(settings.seconds());
        scanner.setReportExistingFilesOnStartup(false);
        scanner.addDirectory(settings.directory());
        scanner.addListener(new Scanner.BulkListener() {
            @Override
            public void pathsChanged(Map<Path, Scanner.Notification> changes) {
                LOG.info("restarting the children, since applications have changed: {}", changes);
                onChange.run();
            }
        });
    }

    /**
     * Refuses a directory that is not there. Called before anything is started.
     *
     * @param settings where and how often
     * @throws IOException if it is to be looked at
     */
    static void requireDirectory(ScanSettings settings) throws IOException {
        if (settings.isWanted() && !Files.isDirectory(settings.directory())) {
            throw new IOException(settings.prefix() + ".scanDirectory: " + settings.directory()
                    + " is no directory; name the one with the applications, or set " + settings.prefix()
                    + ".scanInterval=0");
        }
    }

    /**
     * Begins to look.
     *
     * @param settings where and how often
     * @param onChange called by a thread of the scanner
     * @return the watch
     * @throws IOException if that is not possible
     */
    static ApplicationsWatch start(ScanSettings settings, Runnable onChange) throws IOException {
        ApplicationsWatch watch = new ApplicationsWatch(settings, onChange);
        try {
            watch.scanner.start();
        } catch (Exception e) {
            throw new IOException("cannot look at " + settings.directory(), e);
        }
        return watch;
    }

    void stop() {
        LifeCycle.stop(scanner);
    }
}
