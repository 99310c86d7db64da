package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionFileTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path directory;

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("arguments"), content).toString();
    }

    private static List<String> expand(String... words) throws IOException {
        return OptionFile.expand(List.of(words)).words();
    }

    @Test
    void argumentFilesAreReadUpToTheMainClass() throws IOException {
        String file = file("-Xmx1g\n-cp lib Main @a");

        assertEquals(
                List.of("java", "-Da=b", "-Xmx1g", "-cp", "lib", "Main", "@a", "@" + file),
                expand("java", "-Da=b", "@" + file, "@" + file));
        assertEquals(
                List.of("java", "-cp", "lib", "Main", "@" + file), expand("java", "-cp", "lib", "Main", "@" + file));
        assertEquals(List.of("java", "--disable-@files", "@" + file), expand("java", "--disable-@files", "@" + file));
        assertEquals(List.of("java", "@Main"), expand("java", "@@Main"));
    }

    @Test
    void filesOfTheVirtualMachineAreRead() throws IOException {
        String file = "-XX:VMOptionsFile=" + file("-Xmx1g '-Da=b c'\n-ea");

        assertEquals(List.of("java", "-Xmx1g", "-Da=b c", "-ea", "Main", file), expand("java", file, "Main", file));
    }

    @Test
    void fileThatIsGoneIsNamed() {
        var failure = assertThrows(IOException.class, () -> expand("java", "@/nowhere/arguments"));

        assertTrue(failure.getMessage().startsWith("@/nowhere/arguments names a file"), failure::getMessage);
    }

    /** The launcher says itself how it has understood the same file. */
    @Test
    void wordsAreThoseThatTheLauncherFinds() throws Exception {
        String file = file("-Da=1 # comment -Dno=1\r\n -Db='x \\'y\\' \\t# z'-\"w\"\f-Dc=C:\\dir\n"
                + "'-Dd=one \\\n   two'#no\n-De='open\n-Df=\\'t\n");
        Process process = new ProcessBuilder(JAVA, "-XshowSettings:properties", "@" + file, "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);

        List<String> found = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "f")) {
            String line = said.lines()
                    .filter(it -> it.startsWith("    " + name + " = "))
                    .findFirst()
                    .orElse(said);
            found.add("-D" + line.strip().replace(" = ", "="));
        }
        assertEquals(found, ArgumentFile.words(Files.readString(directory.resolve("arguments"))), said);
    }
}
