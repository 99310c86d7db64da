package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void startJarIsFoundBehindItsOption() {
        assertEquals(2, StartJar.index(words("java -jar /opt/jetty/start.jar")));
        assertEquals(3, StartJar.index(words("java -Xmx1g -jar start.jar jetty.base=b")));
    }

    @Test
    void otherCommandsHaveNoStartJar() {
        assertEquals(-1, StartJar.index(words("java -cp lib Main")));
        assertEquals(-1, StartJar.index(words("java -jar restart.jar")));
        assertEquals(-1, StartJar.index(words("java -cp lib Main start.jar")));
        assertEquals(-1, StartJar.index(words("java -jar")));
    }

    /** A program in place of Java. */
    private List<String> command(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("java"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return List.of(program.toString(), "-jar", "start.jar", "a=b");
    }

    private static String failure(List<String> command, Duration limit) {
        return assertThrows(IOException.class, () -> StartJar.finalCommand(command, limit))
                .getMessage();
    }

    @Test
    void answerIsTheFinalCommand() throws IOException {
        assertEquals(words("-jar start.jar --dry-run a=b"), StartJar.finalCommand(command("echo \"$@\"")));
    }

    @Test
    void failureIsNoAnswer() throws IOException {
        List<String> command = command("echo java; exit 3");

        assertEquals(
                "no final command line from: " + command.get(0) + " -jar start.jar --dry-run a=b: exit status 3",
                failure(command, LONG));
    }

    @Test
    void answerThatDoesNotEndIsNone() throws IOException {
        String silent = failure(command("exec sleep 1000"), SHORT);
        String endless = failure(command("exec yes"), LONG);

        assertTrue(silent.endsWith(": not ready after 0 s"), silent);
        assertTrue(endless.endsWith(": it does not end within 4194304 bytes"), endless);
    }

    /** It has ended, but its output has not. */
    @Test
    void answerOfOneThatLeavesAProcessBehindIsNone() throws Exception {
        Path gate = directory.resolve("gate");
        assertEquals(0, new ProcessBuilder("mkfifo", gate.toString()).start().waitFor());
        List<String> command = command("cat " + gate + " & exit 0");

        String failure = failure(command, SHORT);
        Files.newOutputStream(gate).close(); // lets it end

        assertTrue(failure.endsWith(": not ready after 0 s"), failure);
    }

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
