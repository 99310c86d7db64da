package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jettympm.protocol.WorkDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassDataArchiveTest {
    /** No such program: these tests start it only where they say so. */
    private static final String JAVA = "/nowhere/bin/java";

    private static final Path REAL_JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> COMMAND = List.of(JAVA, "-Xmx64m", "-cp", "a.jar", "Main");

    @TempDir
    private Path base;

    private WorkDirectory work;
    private UserSwitch noOther;

    @BeforeEach
    void create() throws IOException {
        work = WorkDirectory.create();
        noOther = UserSwitch.to(Optional.empty());
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
    void childrenStartFromItOnceItIsThere() throws Exception {
        var archive = prepared(List.of(REAL_JAVA.toString(), "-Xmx64m", "-cp", jarOfNothing(), "Main"));

        assertTrue(archive.order());
        assertEquals(
                "-XX:DumpLoadedClassList=" + work.recordedClasses(1),
                archive.options(true).get(0));
        archive.make(noOther);
        assertFalse(archive.isInWork(), "no list of classes is there");
        Files.writeString(work.classList(1), "java/lang/Object\njava/lang/String\n");
        archive.make(noOther);
        assertEquals(List.of(), archive.options(false), "it is in work");
        awaitDone(archive);

        assertEquals(
                "-XX:SharedArchiveFile=" + work.archive(1),
                archive.options(false).get(0));
        String said = runWith(archive.options(false), List.of("-Xshare:on", "-Xlog:class+load"));
        assertTrue(said.contains("java.lang.Object source: shared objects file"), said);
    }

    private String jarOfNothing() throws IOException {
        Path jar = base.resolve("nothing.jar");
        new ZipOutputStream(Files.newOutputStream(jar)).close();
        return jar.toString();
    }

    private static void awaitDone(ClassDataArchive archive) throws InterruptedException {
        while (archive.isInWork()) {
            Thread.onSpinWait();
        }
    }

    private String runWith(List<String> options, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(List.of(REAL_JAVA.toString(), "-Xmx64m"));
        command.addAll(options);
        command.addAll(more);
        command.addAll(List.of("-cp", jarOfNothing(), "-version"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void allChildrenMapItWhereItIsMeantToBeAndNobodyElseDoes() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "elsewhere each has an address of its own");
        List<String> addresses = new ArrayList<>();
        for (int generation = 1; generation <= 2; generation++) {
            var archive =
                    new ClassDataArchive(true, List.of(REAL_JAVA.toString(), "-Xmx64m", "-cp", jarOfNothing(), "Main"));
            archive.prepare(work, generation);
            make(archive, generation);
            String address = mappedAt(runWith(archive.options(false), List.of("-Xlog:cds")));
            assertEquals(address, mappedAt(runWith(archive.options(false), List.of("-Xlog:cds"))));
            addresses.add(address);
        }
        assertNotEquals(addresses.get(0), addresses.get(1));
    }

    private static String mappedAt(String said) {
        Matcher mapped = Pattern.compile("Mapped static +region #0 at base (0x[0-9a-f]+)")
                .matcher(said);
        assertTrue(mapped.find(), said);
        return mapped.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:ArchiveRelocationMode=1", "-XX:SharedBaseAddress=0x800000000"})
    void whoSaysWhereArchivesGoIsLeftAlone(String option) throws Exception {
        var archive = prepared(List.of(
                REAL_JAVA.toString(),
                "-Xmx64m",
                "-XX:+UnlockDiagnosticVMOptions",
                option,
                "-cp",
                jarOfNothing(),
                "Main"));
        make(archive, 1);

        assertEquals(List.of("-XX:SharedArchiveFile=" + work.archive(1)), archive.options(false));
    }

    /** The next one tries again. */
    @Test
    void failureLeavesChildrenWithoutOne() throws Exception {
        for (String java :
                List.of(JAVA, script("java", "echo no memory; exit 1").toString())) {
            var command = List.of(java, "-cp", "a.jar", "Main");
            var archive = prepared(command);
            make(archive, 1);

            assertEquals(List.of(), archive.options(false));
            assertNotSame(archive, archive.next(command));
            work.deleteClasses(1);
        }
    }

    @Test
    void workIsEndedWithTheServer() throws Exception {
        Path java = script("java", "echo $$ > " + base.resolve("pid") + "; exec sleep 600");
        var archive = prepared(List.of(java.toString(), "-cp", "a.jar", "Main"));
        archive.order();
        Files.createFile(work.classList(1));
        archive.make(noOther);
        assertTrue(archive.isInWork());

        archive.stop();

        assertFalse(archive.isInWork());
        assertEquals(List.of(), ProcessHandle.current().children().toList());
        assertEquals(List.of(), archive.options(false));
    }

    private Path script(String name, String content) throws IOException {
        Path script = Files.writeString(base.resolve(name), "#!/bin/sh\n" + content + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    /** What a first child and the process that makes the archive do. */
    private void make(ClassDataArchive archive, int generation) throws Exception {
        assertTrue(archive.order());
        Files.writeString(work.classList(generation), "java/lang/Object\n");
        archive.make(noOther);
        awaitDone(archive);
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
        var archive = prepared(List.of(REAL_JAVA.toString(), "-Xmx64m", "-cp", jarOfNothing(), "Main"));
        make(archive, 1);
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        Files.delete(work.archive(1)); // which nobody may write
        Files.write(work.archive(1), bytes);

        runWith(archive.options(false), List.of());
    }

    private ClassDataArchive made(ClassDataArchive archive, int generation) throws Exception {
        archive.prepare(work, generation);
        make(archive, generation);
        assertTrue(Files.exists(work.archive(generation)));
        return archive;
    }

    /** Writes the archive that it is asked for, and that is all it does. */
    private String quickJava() throws IOException {
        return script("java", "for o; do case $o in -XX:SharedArchiveFile=*) echo > ${o#*=};; esac; done")
                .toString();
    }

    @Test
    void nextGenerationStartsFromItTooIfTheClassPathIsTheSame() throws Exception {
        Path jar = Files.writeString(base.resolve("a.jar"), "1");
        String java = quickJava();
        List<String> command = List.of(java, "-cp", jar.toString(), "Main");
        var archive = new ClassDataArchive(true, command);

        assertNotSame(archive, archive.next(command), "it is not there yet");
        made(archive, 1);
        assertSame(archive, archive.next(command));
        assertNotSame(archive, archive.next(List.of(java, "-cp", jar.toString(), "Other")));
        Files.writeString(jar, "another");
        assertNotSame(archive, archive.next(command));
    }

    /** As an upgrade in place: the command is the same. */
    @ParameterizedTest
    @ValueSource(strings = {"lib/modules", "lib/server/libjvm.so"})
    void nextGenerationMakesAnotherIfTheVirtualMachineIsAnother(String changed) throws Exception {
        Path machine = Files.createDirectories(base.resolve("jdk/lib/server"))
                .resolve("../..")
                .normalize();
        Files.writeString(machine.resolve("lib/modules"), "1");
        Files.writeString(machine.resolve("lib/server/libjvm.so"), "1");
        Path java = Files.move(
                Path.of(quickJava()),
                Files.createDirectory(machine.resolve("bin")).resolve("java"));
        Path link = Files.createSymbolicLink(base.resolve("java"), java);
        List<String> command = List.of(link.toString(), "-cp", "a.jar", "Main");
        var archive = made(new ClassDataArchive(true, command), 1);

        assertSame(archive, archive.next(command));
        Files.writeString(machine.resolve(changed), "another");

        assertNotSame(archive, archive.next(command));
    }

    /** They may be another user's, and what they cannot read they do without, and do not say so. */
    @Test
    void childrenMayReadWhatIsBesideIt() throws IOException {
        Files.writeString(Files.createDirectory(base.resolve("resources")).resolve("log.properties"), "level=INFO");
        prepared(List.of(JAVA, "-cp", base.resolve("resources").toString(), "Main"));

        Set<String> permissions = new HashSet<>();
        try (var files = Files.newDirectoryStream(work.classes(1))) {
            for (Path file : files) {
                permissions.add(
                        file.getFileName() + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        assertEquals(Set.of("resources-0.jar r--r--r--"), permissions);
    }

    @Test
    void generationThatDidNotStartIsMadeAnew() throws Exception {
        String java = quickJava();
        List<String> command = List.of(java, "-cp", "a.jar", "Main");
        var first = made(new ClassDataArchive(true, command), 1);
        List<String> other = List.of(java, "-cp", "b.jar", "Main");

        made(first.next(other), 2);

        made(first.next(other), 2);
    }

    @Test
    void thoseFromWhichNoChildStartsAnyMoreAreRemoved() throws Exception {
        String java = quickJava();
        List<String> command = List.of(java, "-cp", "a.jar", "Main");
        var first = made(new ClassDataArchive(true, command), 1);
        var second = made(first.next(List.of(java, "-cp", "b.jar", "Main")), 2);
        made(second.next(List.of(java, "-cp", "c.jar", "Main")), 3);

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
