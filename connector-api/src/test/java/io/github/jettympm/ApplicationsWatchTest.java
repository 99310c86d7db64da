package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.jettympm.settings.ScanSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationsWatchTest {
    @TempDir
    private Path base;

    @Test
    void directoryThatIsNotThereIsNamedIfItIsToBeLookedAt() {
        Path missing = base.resolve("apps");

        var failure = assertThrows(
                IOException.class, () -> ApplicationsWatch.requireDirectory(new ScanSettings("p", missing, 1)));

        assertEquals(
                "p.scanDirectory: " + missing + " is no directory; name the one with the applications, or set"
                        + " p.scanInterval=0",
                failure.getMessage());
        assertDoesNotThrow(() -> ApplicationsWatch.requireDirectory(new ScanSettings("p", missing, 0)));
        assertDoesNotThrow(() -> ApplicationsWatch.requireDirectory(new ScanSettings("p", base, 1)));
    }
}
