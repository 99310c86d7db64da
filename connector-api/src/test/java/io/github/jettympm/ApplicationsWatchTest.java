package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.settings.ScanSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationsWatchTest {
    @TempDir
    private Path base;

    private int restarts;

    private ApplicationsWatch watch(Path directory) throws IOException {
        return ApplicationsWatch.of(new ScanSettings("p", directory, 1)).orElseThrow();
    }

    private static void write(Path file, String content, int second) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    }

    /** One look; how often it was heard so far. */
    private int look(ApplicationsWatch watch) {
        watch.look(() -> restarts++);
        return restarts;
    }

    @Test
    void whatDoesNotChangeRestartsNothing() throws IOException {
        write(base.resolve("a.war"), "1", 1);
        var watch = watch(base);

        assertEquals(0, look(watch));
        assertEquals(0, look(watch));
    }

    @Test
    void applicationThatWasAddedReplacedOrRemovedIsHeardOfOnceAWholeLookFindsNoDifference() throws IOException {
        Path war = base.resolve("a.war");
        var watch = watch(base);

        write(war, "1", 1);
        assertEquals(0, look(watch));
        assertEquals(1, look(watch));
        assertEquals(1, look(watch));

        write(war, "2", 2);
        assertEquals(1, look(watch));
        assertEquals(2, look(watch));

        Files.delete(war);
        assertEquals(2, look(watch));
        assertEquals(3, look(watch));
        assertEquals(3, look(watch));
    }

    /** As {@code rm} and a {@code cp} that takes longer than from one look to the next. */
    @Test
    void applicationThatIsRemovedAndPutBackIsNotHeardOfBetween() throws IOException {
        Path war = base.resolve("a.war");
        write(war, "1", 1);
        var watch = watch(base);

        Files.delete(war);
        assertEquals(0, look(watch));
        write(war, "12", 2);
        assertEquals(0, look(watch));
        write(war, "1234", 3);
        assertEquals(0, look(watch));
        assertEquals(1, look(watch));
    }

    @Test
    void oneApplicationWaitsForTheOther() throws IOException {
        Path second = base.resolve("b.war");
        var watch = watch(base);

        write(base.resolve("a.war"), "1", 1);
        assertEquals(0, look(watch));
        write(second, "1", 1);
        assertEquals(0, look(watch));
        write(second, "12", 2);
        assertEquals(0, look(watch));
        assertEquals(1, look(watch));
        assertEquals(1, look(watch));
    }

    @Test
    void whatIsBackAsItWasRestartsNothing() throws IOException {
        Path war = base.resolve("a.war");
        write(war, "1", 1);
        var watch = watch(base);

        Files.delete(war);
        assertEquals(0, look(watch));
        write(war, "1", 1);
        assertEquals(0, look(watch));
        assertEquals(0, look(watch));
    }

    /** It looks for the first time when the watch is made, which is before the first child starts. */
    @Test
    void applicationThatIsReplacedWhileTheServerStartsIsHeardOf() throws Exception {
        Path war = base.resolve("a.war");
        write(war, "1", 1);
        var watch = watch(base);
        write(war, "2", 2);
        var heard = new CountDownLatch(1);

        watch.start(heard::countDown);

        assertTrue(heard.await(60, TimeUnit.SECONDS));
        watch.stop();
    }

    @Test
    void directoryThatIsReplacedIsNotMissed() throws IOException {
        Path applications = Files.createDirectory(base.resolve("apps"));
        write(applications.resolve("a.war"), "1", 1);
        var watch = watch(applications);

        Files.move(applications, base.resolve("old"));
        assertEquals(0, look(watch));
        assertEquals(0, look(watch));
        Files.createDirectory(applications);
        write(applications.resolve("a.war"), "2", 2);
        assertEquals(0, look(watch));
        assertEquals(1, look(watch));
    }

    @Test
    void linkThatLeadsNowhereIsAnEntryAsAnyOther() throws IOException {
        Path target = base.resolve("target");
        Path applications = Files.createDirectory(base.resolve("apps"));
        Files.createSymbolicLink(applications.resolve("a.war"), target);
        var watch = watch(applications);

        assertEquals(0, look(watch));
        write(target, "1", 1);
        assertEquals(0, look(watch));
        assertEquals(1, look(watch));
    }

    @Test
    void directoryThatIsNotThereIsNamedIfItIsToBeLookedAt() throws IOException {
        Path missing = base.resolve("apps");

        var failure = assertThrows(IOException.class, () -> ApplicationsWatch.of(new ScanSettings("p", missing, 1)));

        assertEquals(
                "p.scanDirectory: " + missing + " is no directory; name the one with the applications, or set"
                        + " p.scanInterval=0",
                failure.getMessage());
        assertEquals(Optional.empty(), ApplicationsWatch.of(new ScanSettings("p", missing, 0)));
    }
}
