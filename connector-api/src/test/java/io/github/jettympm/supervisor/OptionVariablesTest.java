package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionVariablesTest {
    @TempDir
    private Path directory;

    private static Map<String, String> left(OptionFilter filter, Map<String, String> environment) throws IOException {
        var left = new HashMap<>(environment);
        OptionVariables.remove(filter, left);
        return left;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("options"), content);
    }

    @Test
    void optionsStandInTheOrderOfTheVirtualMachine() throws IOException {
        var environment = Map.of("_JAVA_OPTIONS", "-D=4", "JDK_JAVA_OPTIONS", "-D=2", "JAVA_TOOL_OPTIONS", "-D=0 -D=1");

        assertEquals(
                List.of("-D=0", "-D=1", "-D=2", "-D=3", "-D=4"), OptionVariables.around(environment, List.of("-D=3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void whatIsTheParentsAloneIsTakenOut(String variable) throws IOException {
        var given = Map.of(
                variable, " -Da='b c'  -agentlib:jdwp=transport=dt_socket,address=5005 -Xmx1g", "OTHER", "-Xrunjdwp:x");

        assertEquals(Map.of(variable, "-Da='b c' -Xmx1g", "OTHER", "-Xrunjdwp:x"), left(OptionFilter.CHILD, given));
        assertEquals(
                Map.of(), left(OptionFilter.CHILD, Map.of(variable, "'-Dcom.sun.management.jmxremote.port=9010'")));
    }

    @Test
    void variableWithoutItStaysAsItIs() throws IOException {
        var given = Map.of("JAVA_TOOL_OPTIONS", " -Da=\"b  c\"   -javaagent:a.jar ");

        assertEquals(given, left(OptionFilter.CHILD, given));
        assertEquals(Map.of("JAVA_TOOL_OPTIONS", "-Da=\"b  c\""), left(OptionFilter.QUESTION, given));
    }

    @Test
    void filesThatVariablesNameAreLookedInto() throws IOException {
        var arguments = Map.of("JDK_JAVA_OPTIONS", "-Xmx1g @" + file("\"-Da=it's b\"\n-Xrunjdwp:x # debug\n"));
        assertEquals(Map.of("JDK_JAVA_OPTIONS", "-Xmx1g \"-Da=it's b\""), left(OptionFilter.CHILD, arguments));
        assertEquals(List.of("-Xmx1g", "-Da=it's b", "-Xrunjdwp:x"), OptionVariables.around(arguments, List.of()));

        var options = Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=" + file("-Xmx1g -Xrunjdwp:x"));
        assertEquals(Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g"), left(OptionFilter.CHILD, options));
        assertEquals(List.of("-Xmx1g", "-Xrunjdwp:x"), OptionVariables.around(options, List.of()));

        var harmless = Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=" + file("-Xmx1g"));
        assertEquals(harmless, left(OptionFilter.CHILD, harmless));
    }

    @Test
    void fileThatIsGoneIsNamed() {
        var environment = Map.of("JDK_JAVA_OPTIONS", "@/nowhere/options");

        var failure = assertThrows(IOException.class, () -> OptionVariables.around(environment, List.of()));

        assertTrue(failure.getMessage().startsWith("@/nowhere/options names a file"), failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b", "it's", "\"", "a \"b\" 'c'", "'\"'"})
    void meaningSurvivesItsQuotes(String meaning) {
        assertEquals(
                List.of(meaning),
                OptionWord.of(OptionWord.meaning(meaning).raw()).stream()
                        .map(OptionWord::value)
                        .toList());
    }

    @Test
    void quotesJoinTheirNeighboursAndMayStayOpen() {
        assertEquals(
                List.of(new OptionWord("-Da='b c'd", "-Da=b cd"), new OptionWord("\"e f", "e f")),
                OptionWord.of("\t-Da='b c'd \n\"e f"));
        assertEquals(List.of(), OptionWord.of(" "));
    }
}
