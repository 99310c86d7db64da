package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HangUpTest {
    @TempDir
    private Path directory;

    private Process startWithOutput(Path output) throws Exception {
        return new ProcessBuilder("cat").redirectOutput(output.toFile()).start();
    }

    @Test
    void serverThatPrintsWhereJettyShSendsItIsStopped() throws Exception {
        Path output = directory.resolve("start-stop.log");
        Process server = startWithOutput(output);
        try {
            assertTrue(HangUp.stops(server.pid()));

            Files.move(output, directory.resolve("start-stop.log.1"));
            assertTrue(HangUp.stops(server.pid()), "rotated");

            Files.delete(directory.resolve("start-stop.log.1"));
            assertTrue(HangUp.stops(server.pid()), "deleted");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void anyOtherServerRestartsItsChildren() throws Exception {
        Process server = startWithOutput(directory.resolve("jetty.log"));
        try {
            assertFalse(HangUp.stops(server.pid()));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void processThatIsGoneIsNoSuchServer() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertFalse(HangUp.stops(ended.pid()));
    }
}
