package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseArchiveTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path directory;

    @BeforeAll
    static void onItsArchitecture() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "elsewhere there is none");
    }

    @Test
    void eachIsMappedAtAnAddressOfItsOwn() throws Exception {
        List<String> machine = List.of(JAVA, "-Xmx64m", "-XX:+UseSerialGC");
        Path one = directory.resolve("one.jsa");
        Path other = directory.resolve("other.jsa");

        assertTrue(BaseArchive.write(machine, one));
        assertTrue(BaseArchive.write(machine, other));

        assertEquals(mappedAt(one), mappedAt(one));
        assertNotEquals(mappedAt(one), mappedAt(other));
    }

    private static String mappedAt(Path archive) throws Exception {
        Process process = new ProcessBuilder(
                        JAVA,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:cds",
                        "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        Matcher mapped = Pattern.compile("Mapped static +region #0 at base (0x[0-9a-f]+)")
                .matcher(said);
        assertTrue(mapped.find(), said);
        return mapped.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:ArchiveRelocationMode=1", "-XX:SharedBaseAddress=0x800000000"})
    void thereIsNoneIfSomebodySaysWhereArchivesGo(String option) {
        assertFalse(BaseArchive.write(List.of(JAVA, option), directory.resolve("base.jsa")));
    }

    @Test
    void failureLeavesNone() throws IOException {
        assertFalse(BaseArchive.write(List.of(JAVA, "-XX:NoSuchOption"), directory.resolve("base.jsa")));
        assertFalse(BaseArchive.write(List.of("/nowhere/bin/java"), directory.resolve("base.jsa")));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** A thread that is interrupted is one whose server stops. */
    @Test
    void interruptEndsIt() {
        Thread.currentThread().interrupt();

        assertFalse(BaseArchive.write(List.of(JAVA), directory.resolve("base.jsa")));

        assertTrue(Thread.interrupted());
    }
}
