package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class StartJarTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path directory;

    @Test
    void propertiesThatAreSetToNothingStayProperties() {
        String options = "java -cp lib -Da org.eclipse.jetty.xml.XmlConfiguration ";
        assertEquals(
                words(options + "jetty.prefork.jvmArgs= a=b c.XML d.properties --env ee10 -cp lib/x e="),
                StartJar.withEmptyValues(
                        words(options + "jetty.prefork.jvmArgs a=b c.XML d.properties --env ee10 -cp lib/x e")));
        assertEquals(words("java -cp lib Main word"), StartJar.withEmptyValues(words("java -cp lib Main word")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java -jar /opt/jetty/start.jar",
                "java -Xmx1g -jar start.jar jetty.base=b",
                "java -jar -Xmx1g start.jar",
                "java -cp /opt/jetty/start.jar org.eclipse.jetty.start.Main jetty.base=b",
                "java --class-path=start.jar -Xmx1g org.eclipse.jetty.start.Main"
            })
    void startJarIsFound(String command) {
        assertTrue(StartJar.starts(JavaCommand.parse(words(command))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java -cp lib Main",
                "java -jar restart.jar",
                "java -cp lib Main start.jar",
                "java -cp start.jar Main",
                "java -jar"
            })
    void otherCommandsHaveNoStartJar(String command) {
        assertFalse(StartJar.starts(JavaCommand.parse(words(command))));
    }

    @Test
    void questionIsAskedWithoutPortsAgentsAndLogs() {
        var command =
                "java -Da=b -DSTOP.PORT=1 -agentlib:jdwp=x -javaagent:a.jar=9404 -Xlog:gc:file=gc.log -verbose:gc -Xmx1g"
                        + " -jar start.jar STOP.PORT=1 jetty.base=b";

        assertEquals(
                words("java -Da=b -Xmx1g -jar start.jar --dry-run jetty.base=b"),
                StartJar.question(JavaCommand.parse(words(command))));
        assertEquals(
                words("java -cp start.jar org.eclipse.jetty.start.Main --dry-run a"),
                StartJar.question(JavaCommand.parse(words("java -cp start.jar org.eclipse.jetty.start.Main a"))));
    }

    @Test
    void whatTheVirtualMachineSaysBeforeTheAnswerIsNoPartOfIt() {
        var said = "Listening for transport dt_socket at address: 5005\n[0.01s][warning][cds] no /a/java.jsa\n";
        for (var answer : List.of("/usr/bin/java -Da=b Main 'x=\ny'", "'/opt/a jdk/bin/java' -Da=b Main")) {
            assertEquals(answer, StartJar.withoutPreamble(said + answer));
            assertEquals(answer, StartJar.withoutPreamble(answer));
        }
    }

    /** A program in place of Java. */
    private JavaCommand command(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("java"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return JavaCommand.parse(List.of(program.toString(), "-jar", "start.jar", "a=b"));
    }

    private static String failure(JavaCommand command, Duration limit) {
        return assertThrows(IOException.class, () -> StartJar.finalCommand(command, limit))
                .getMessage();
    }

    @Test
    void answerIsTheFinalCommand() throws IOException {
        assertEquals(words("-jar start.jar --dry-run a=b"), StartJar.finalCommand(command("echo \"$@\"")));
    }

    @Test
    void failureIsNoAnswer() throws IOException {
        JavaCommand command = command("echo java; exit 3");

        assertEquals(
                "no final command line from: " + command.program() + " -jar start.jar --dry-run a=b: exit status 3",
                failure(command, LONG));
    }

    @Test
    void answerThatDoesNotEndIsNone() throws IOException {
        String silent = failure(command("exec sleep 1000"), SHORT);
        String endless = failure(command("exec yes"), LONG);

        assertTrue(silent.endsWith(": not ready after 0 s"), silent);
        assertTrue(endless.endsWith(": it does not end within 4194304 bytes"), endless);
    }

    @Test
    void noAnswerIsNone() throws IOException {
        String failure = failure(command("exit 0"), LONG);

        assertTrue(failure.endsWith(": it has printed nothing"), failure);
    }

    /** It has ended, but its output may not have; that depends on whether anybody was reading it when it ended. */
    @Test
    void answerOfOneThatLeavesAProcessBehindIsNone() throws Exception {
        Path gate = directory.resolve("gate");
        assertEquals(0, new ProcessBuilder("mkfifo", gate.toString()).start().waitFor());
        JavaCommand command = command("cat " + gate + " & exit 0");
        try {
            String failure = failure(command, SHORT);

            assertTrue(failure.startsWith("no final command line from: "), failure);
        } finally {
            new RandomAccessFile(gate.toFile(), "rw").close(); // lets it end
        }
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
