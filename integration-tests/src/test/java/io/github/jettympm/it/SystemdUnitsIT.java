package io.github.jettympm.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.docs.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** systemd has nothing to say against the units that the page for operators has. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("once")
class SystemdUnitsIT {
    private static final String PLACE = "# /etc/systemd/system/";

    @TempDir
    private Path directory;

    /** What systemd says of a unit; it ends in good order all the same if it does not know a setting. */
    private String verified(String unit) throws Exception {
        Program.require("systemd-analyze", "systemd")
                .run(
                        directory,
                        List.of("verify", "--man=no", directory.resolve(unit).toString()));
        return Files.readString(directory.resolve("systemd-analyze.log"));
    }

    private void copy(String unit) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString(); // it looks whether there is one
        Files.writeString(
                directory.resolve(unit),
                Sample.of("operations.md", PLACE + unit + "\n").replace("/usr/bin/java", java));
    }

    @Test
    void unitsOfThePageAreVerified() throws Exception {
        copy("shop.service");
        copy("shop.socket");

        assertEquals("", verified("shop.service"));
        assertEquals("", verified("shop.socket"));
    }

    @Test
    void settingThatSystemdDoesNotKnowWouldBeSaid() throws Exception {
        copy("shop.service");
        var service = directory.resolve("shop.service");
        Files.writeString(service, Files.readString(service).replace("WatchdogSec=", "WatchDogSec="));

        var said = verified("shop.service");

        assertTrue(said.contains("WatchDogSec"), said);
    }
}
