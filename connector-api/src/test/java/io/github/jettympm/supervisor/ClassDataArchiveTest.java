package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jettympm.protocol.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassDataArchiveTest {
    /** No such program, so there is no archive below this one, and it takes no time to make it. */
    private static final String JAVA = "/nowhere/bin/java";

    private static final Path REAL_JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> COMMAND = List.of(JAVA, "-Xmx64m", "-cp", "a.jar", "Main");

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

    private ClassDataArchive prepared(List<String> command) {
        var archive = new ClassDataArchive(true, command);
        archive.prepare(work, 1);
        return archive;
    }

    @Test
    void onlyTheFirstChildMakesIt() {
        var archive = prepared(COMMAND);

        assertTrue(archive.order());
        assertFalse(archive.order());
        assertEquals(COMMAND, archive.command());
    }

    @Test
    void childrenStartFromItOnceItIsThere() throws IOException {
        var archive = prepared(COMMAND);

        assertEquals("-XX:+RecordDynamicDumpInfo", archive.options(true).get(0));
        assertEquals(List.of(), archive.options(false));
        Files.createFile(work.archive(1));
        assertEquals(List.of("-XX:SharedArchiveFile=" + work.archive(1)), archive.options(false));
    }

    /** The one that makes the archive has to have what lies below it, or it would be made for another address. */
    @Test
    void allStartWhereTheArchiveBelowItIsMeantToBe() throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "elsewhere there is none of its own");
        var archive = prepared(List.of(REAL_JAVA.toString(), "-Xmx64m", "-cp", "a.jar", "Main"));
        Files.createFile(work.archive(1));

        assertTrue(archive.options(true).contains("-XX:SharedArchiveFile=" + work.baseArchive(1)));
        assertTrue(archive.options(true).contains("-XX:ArchiveRelocationMode=0"));
        assertEquals(
                List.of(
                        "-XX:SharedArchiveFile=" + work.archive(1),
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0"),
                archive.options(false));
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
        assertFalse(prepared(List.of(JAVA, option, "-cp", "a.jar", "Main")).order());
    }

    @Test
    void thereIsNoneIfItIsNotAllowedOrTheCommandHasNoClassPath() {
        var forbidden = new ClassDataArchive(false, COMMAND);
        forbidden.prepare(work, 1);

        assertFalse(forbidden.order());
        assertFalse(
                prepared(List.of("/opt/start-server", "-cp", "a.jar", "Main")).order());
        assertFalse(prepared(List.of(JAVA, "-jar", "a.jar")).order());
    }

    @Test
    void jarStandsForADirectoryOfResources() throws IOException {
        Path directory = Files.createDirectories(base.resolve("resources/logging"));
        Files.writeString(directory.resolve("log.properties"), "level=INFO");
        var archive = prepared(List.of(JAVA, "-cp", "a.jar:" + base.resolve("resources") + ":b.jar", "Main"));

        Path jar = work.classes(1).resolve("resources-0.jar");
        assertEquals(List.of(JAVA, "-cp", "a.jar:" + jar + ":b.jar", "Main"), archive.command());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            byte[] content =
                    zip.getInputStream(zip.getEntry("logging/log.properties")).readAllBytes();
            assertEquals("level=INFO", new String(content));
        }
    }

    @Test
    void thereIsNoneWithADirectoryOfClasses() throws IOException {
        Files.createFile(base.resolve("Main.class"));

        assertFalse(prepared(List.of(JAVA, "-cp", base.toString(), "Main")).order());
    }

    @Test
    void withoutTheDirectoryForItThereIsNone() {
        work.delete();

        assertFalse(prepared(COMMAND).order());
    }

    /** It is an optimisation, and never a reason why a child does not start. */
    @Test
    void archiveThatIsCorruptDoesNotKeepAChildFromStarting() throws Exception {
        var archive = prepared(List.of(REAL_JAVA.toString(), "-Xmx64m", "-cp", "a.jar", "Main"));
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Files.write(work.archive(1), bytes);

        List<String> start = new ArrayList<>(List.of(REAL_JAVA.toString(), "-version"));
        start.addAll(1, archive.options(false));
        Process child = new ProcessBuilder(start).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes());

        assertEquals(0, child.waitFor(), said);
    }

    private ClassDataArchive made(ClassDataArchive archive, int generation) throws IOException {
        archive.prepare(work, generation);
        assertTrue(archive.order());
        Files.createFile(work.archive(generation));
        return archive;
    }

    @Test
    void nextGenerationStartsFromItTooIfTheClassPathIsTheSame() throws IOException {
        Path jar = Files.writeString(base.resolve("a.jar"), "1");
        List<String> command = List.of(JAVA, "-cp", jar.toString(), "Main");
        var archive = new ClassDataArchive(true, command);

        assertNotSame(archive, archive.next(command), "it is not there yet");
        made(archive, 1);
        assertSame(archive, archive.next(command));
        assertNotSame(archive, archive.next(List.of(JAVA, "-cp", jar.toString(), "Other")));
        Files.writeString(jar, "another");
        assertNotSame(archive, archive.next(command));
    }

    /** As an upgrade in place: the command is the same. */
    @ParameterizedTest
    @ValueSource(strings = {"lib/modules", "lib/server/libjvm.so"})
    void nextGenerationMakesAnotherIfTheVirtualMachineIsAnother(String changed) throws IOException {
        Path machine = Files.createDirectories(base.resolve("jdk/lib/server"))
                .resolve("../..")
                .normalize();
        Files.writeString(machine.resolve("lib/modules"), "1");
        Files.writeString(machine.resolve("lib/server/libjvm.so"), "1");
        Path java =
                Files.createFile(Files.createDirectory(machine.resolve("bin")).resolve("java"));
        Path link = Files.createSymbolicLink(base.resolve("java"), java);
        List<String> command = List.of(link.toString(), "-cp", "a.jar", "Main");
        var archive = made(new ClassDataArchive(true, command), 1);

        assertSame(archive, archive.next(command));
        Files.writeString(machine.resolve(changed), "another");

        assertNotSame(archive, archive.next(command));
    }

    /** They may be another user's, and what they cannot read they do without, and do not say so. */
    @Test
    void childrenMayReadItWhateverTheUmaskOfTheirParentIs() throws IOException {
        Files.writeString(Files.createDirectory(base.resolve("resources")).resolve("log.properties"), "level=INFO");
        Path java = Files.writeString(base.resolve("java"), "#!/bin/sh\numask 077; exec " + REAL_JAVA + " \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

        prepared(List.of(
                java.toString(), "-Xmx64m", "-cp", base.resolve("resources").toString(), "Main"));

        Set<String> permissions = new HashSet<>();
        try (var files = Files.newDirectoryStream(work.classes(1))) {
            for (Path file : files) {
                permissions.add(
                        file.getFileName() + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        boolean hasBase = System.getProperty("os.arch").equals("amd64");
        assertEquals(
                hasBase
                        ? Set.of("base.jsa r--r--r--", "resources-0.jar r--r--r--")
                        : Set.of("resources-0.jar r--r--r--"),
                permissions);
    }

    @Test
    void generationThatDidNotStartIsMadeAnew() throws IOException {
        var first = made(new ClassDataArchive(true, COMMAND), 1);
        List<String> other = List.of(JAVA, "-cp", "b.jar", "Main");

        made(first.next(other), 2);

        made(first.next(other), 2);
    }

    @Test
    void thoseFromWhichNoChildStartsAnyMoreAreRemoved() throws IOException {
        var first = made(new ClassDataArchive(true, COMMAND), 1);
        var second = made(first.next(List.of(JAVA, "-cp", "b.jar", "Main")), 2);
        made(second.next(List.of(JAVA, "-cp", "c.jar", "Main")), 3);

        assertFalse(Files.exists(work.classes(1)));
        assertTrue(Files.exists(work.classes(2)));
        assertTrue(Files.exists(work.classes(3)));
    }

    @Test
    void agentOfAVariableSpeaksAgainstOne() {
        assertFalse(ClassDataArchive.isPossible(List.of("-Xmx1g", "-javaagent:a.jar")));
        assertTrue(ClassDataArchive.isPossible(List.of("-Xmx1g")));
    }
}
