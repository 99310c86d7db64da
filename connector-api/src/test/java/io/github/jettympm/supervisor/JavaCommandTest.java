package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCommandTest {
    private static JavaCommand parse(String command) {
        return JavaCommand.parse(words(command));
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    @Test
    void optionsEndWithTheMainClass() {
        JavaCommand command = parse("java -Xmx1g -server -cp lib/a.jar --enable-preview Main -Xnot -jar x");

        assertEquals(words("-Xmx1g -server --enable-preview"), command.options());
        assertEquals("Main", command.mainClass());
        assertEquals("", command.jar());
        assertEquals(words("java -Xmx1g -server --enable-preview -cp lib/a.jar Main -Xnot -jar x"), command.words());
    }

    @Test
    void jarMayStandBehindMoreOptions() {
        JavaCommand command = parse("java -jar -Xmx1g a.jar b");

        assertEquals("a.jar", command.jar());
        assertEquals("", command.mainClass());
        assertEquals(words("java -Xmx1g -jar a.jar b"), command.words());
    }

    @ParameterizedTest
    @CsvSource({
        "--add-opens a/b=c, --add-opens=a/b=c",
        "--add-opens=a/b=c, --add-opens=a/b=c",
        "-p mods, --module-path=mods",
        "--enable-native-access ALL-UNNAMED, --enable-native-access=ALL-UNNAMED",
    })
    void optionAndItsValueBecomeOneWord(String given, String option) {
        assertEquals(List.of(option), parse("java " + given + " Main").options());
        assertEquals("Main", parse("java " + given + " Main").mainClass());
    }

    @ParameterizedTest
    @CsvSource({
        "java -cp a -cp b Main, java -cp b Main",
        "java --class-path=a Main, java -cp a Main",
        "java -classpath a Main, java -cp a Main",
        "java -cp a -jar b.jar, java -jar b.jar",
        "java -jar -cp a b.jar, java -jar b.jar",
    })
    void oneClassPathCounts(String given, String words) {
        assertEquals(words(words), parse(given).words());
    }

    @Test
    void moduleIsStartedAsAMainClass() {
        JavaCommand command = parse("java -p mods -Da=b --module m/Main -x");

        assertEquals(words("--module-path=mods -Da=b"), command.options());
        assertEquals(words("--module m/Main -x"), command.main());
    }

    @Test
    void commandMayEndAnywhere() {
        assertEquals(words("java"), parse("java").words());
        assertEquals(words("java -cp"), parse("java -cp").words());
        assertEquals("", parse("java -jar").jar());
        assertEquals("", parse("java -Xmx1g").mainClass());
    }
}
