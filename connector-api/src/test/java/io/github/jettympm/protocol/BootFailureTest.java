package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootFailureTest {
    @TempDir
    private Path directory;

    @Test
    void parentReadsWhatTheChildHasLeft() {
        BootFailure.write(directory, new IllegalStateException("no such WAR", new IOException("/no/such.war")));

        assertEquals(
                Optional.of(
                        "java.lang.IllegalStateException: no such WAR, caused by java.io.IOException: /no/such.war"),
                BootFailure.read(directory));
    }

    @Test
    void whatTheCauseSaysIsNotSaidTwice() {
        Exception cause = new FileNotFoundException("/no/such.war");

        assertEquals(
                "java.lang.RuntimeException: java.io.FileNotFoundException: /no/such.war",
                BootFailure.describe(new RuntimeException(cause)));
    }

    @Test
    void itIsOneLineOfABoundedLength() {
        Throwable failure = new IOException("the root");
        for (int i = 0; i < 100; i++) {
            failure = new IllegalStateException(i + "\n\t" + "x".repeat(100_000), failure);
        }

        String text = BootFailure.describe(failure);

        assertEquals(1, text.lines().count());
        assertTrue(text.length() < 5_000, text);
    }

    @Test
    void childThatSaysNothingHasLeftNothing() throws IOException {
        assertEquals(Optional.empty(), BootFailure.read(directory));
        assertEquals(Optional.empty(), BootFailure.read(directory.resolve("gone")));

        Files.writeString(directory.resolve("boot-failure"), "\n");
        assertEquals(Optional.empty(), BootFailure.read(directory));
    }

    @Test
    void directoryThatIsGoneIsNoReasonNotToEnd() {
        BootFailure.write(directory.resolve("gone"), new IOException("on purpose"));

        assertFalse(Files.exists(directory.resolve("gone")));
    }

    @Test
    void linkInItsPlaceIsNotFollowed() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createSymbolicLink(directory.resolve("boot-failure"), secret);

        assertEquals(Optional.empty(), BootFailure.read(directory));
    }

    @Test
    void noMoreIsReadThanAChildWrites() throws IOException {
        Files.writeString(directory.resolve("boot-failure"), "x".repeat(1_000_000));

        assertEquals(16_000, BootFailure.read(directory).orElseThrow().length());
    }
}
