package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassDataArchiveTest {
    private static final List<String> COMMAND = List.of("/usr/bin/java", "-Xmx64m", "-cp", "a.jar", "Main");

    @TempDir
    private Path base;

    private WorkDirectory work;

    @BeforeEach
    void create() throws IOException {
        work = WorkDirectory.create();
    }

    @AfterEach
    void delete() {
        work.delete();
    }

    @Test
    void onlyTheFirstChildMakesIt() {
        var archive = new ClassDataArchive(true, COMMAND);

        assertTrue(archive.order(work, 1));
        assertFalse(archive.order(work, 1));
        assertEquals(COMMAND, archive.command());
    }

    @Test
    void childrenStartFromItOnceItIsThere() throws IOException {
        var archive = new ClassDataArchive(true, COMMAND);
        archive.order(work, 1);

        assertEquals("-XX:+RecordDynamicDumpInfo", archive.options(true).get(0));
        assertEquals(List.of(), archive.options(false));
        Files.createFile(work.archive(1));
        assertEquals(List.of("-XX:SharedArchiveFile=" + work.archive(1)), archive.options(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xshare:off",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=my.jsa",
                "-XX:ArchiveClassesAtExit=my.jsa",
                "-XX:AOTCache=my.aot",
                "-XX:-UseSharedSpaces",
                "-XX:+AutoCreateSharedArchive",
                "--module-path=lib",
                "-javaagent:agent.jar"
            })
    void thereIsNoneWithAnOptionThatMeansAnotherOrExcludesIt(String option) {
        assertFalse(
                new ClassDataArchive(true, List.of("/usr/bin/java", option, "-cp", "a.jar", "Main")).order(work, 1));
    }

    @Test
    void thereIsNoneIfItIsNotAllowedOrTheCommandHasNoClassPath() {
        assertFalse(new ClassDataArchive(false, COMMAND).order(work, 1));
        assertFalse(new ClassDataArchive(true, List.of("/opt/start-server", "-cp", "a.jar", "Main")).order(work, 1));
        assertFalse(new ClassDataArchive(true, List.of("/usr/bin/java", "-jar", "a.jar")).order(work, 1));
    }

    @Test
    void jarStandsForADirectoryOfResources() throws IOException {
        Path directory = Files.createDirectories(base.resolve("resources/logging"));
        Files.writeString(directory.resolve("log.properties"), "level=INFO");
        var archive = new ClassDataArchive(
                true, List.of("/usr/bin/java", "-cp", "a.jar:" + base.resolve("resources") + ":b.jar", "Main"));

        assertTrue(archive.order(work, 1));

        Path jar = work.classes(1).resolve("resources-0.jar");
        assertEquals(List.of("/usr/bin/java", "-cp", "a.jar:" + jar + ":b.jar", "Main"), archive.command());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            byte[] content =
                    zip.getInputStream(zip.getEntry("logging/log.properties")).readAllBytes();
            assertEquals("level=INFO", new String(content));
        }
    }

    @Test
    void thereIsNoneWithADirectoryOfClasses() throws IOException {
        Files.createFile(base.resolve("Main.class"));

        assertFalse(
                new ClassDataArchive(true, List.of("/usr/bin/java", "-cp", base.toString(), "Main")).order(work, 1));
    }

    @Test
    void withoutTheDirectoryForItThereIsNone() {
        work.delete();

        assertFalse(new ClassDataArchive(true, COMMAND).order(work, 1));
    }

    /** It is an optimisation, and never a reason why a child does not start. */
    @Test
    void archiveThatIsCorruptDoesNotKeepAChildFromStarting() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var archive = new ClassDataArchive(true, COMMAND);
        archive.order(work, 1);
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Files.write(work.archive(1), bytes);

        Process child = new ProcessBuilder(
                        java.toString(), archive.options(false).get(0), "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes());

        assertEquals(0, child.waitFor(), said);
    }

    private ClassDataArchive made(ClassDataArchive archive, int generation) throws IOException {
        assertTrue(archive.order(work, generation));
        Files.createFile(work.archive(generation));
        return archive;
    }

    @Test
    void nextGenerationStartsFromItTooIfTheClassPathIsTheSame() throws IOException {
        Path jar = Files.writeString(base.resolve("a.jar"), "1");
        List<String> command = List.of("/usr/bin/java", "-cp", jar.toString(), "Main");
        var archive = new ClassDataArchive(true, command);

        assertNotSame(archive, archive.next(command), "it is not there yet");
        made(archive, 1);
        assertSame(archive, archive.next(command));
        assertNotSame(archive, archive.next(List.of("/usr/bin/java", "-cp", jar.toString(), "Other")));
        Files.writeString(jar, "another");
        assertNotSame(archive, archive.next(command));
    }

    @Test
    void generationThatDidNotStartIsMadeAnew() throws IOException {
        var first = made(new ClassDataArchive(true, COMMAND), 1);
        List<String> other = List.of("/usr/bin/java", "-cp", "b.jar", "Main");

        made(first.next(other), 2);

        made(first.next(other), 2);
    }

    @Test
    void thoseFromWhichNoChildStartsAnyMoreAreRemoved() throws IOException {
        var first = made(new ClassDataArchive(true, COMMAND), 1);
        var second = made(first.next(List.of("/usr/bin/java", "-cp", "b.jar", "Main")), 2);
        made(second.next(List.of("/usr/bin/java", "-cp", "c.jar", "Main")), 3);

        assertFalse(Files.exists(work.classes(1)));
        assertTrue(Files.exists(work.classes(2)));
        assertTrue(Files.exists(work.classes(3)));
    }
}
