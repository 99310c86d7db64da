package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @Test
    void blanksSeparateWords() {
        assertEquals(List.of("a", "b", "c"), ShellWords.split("  a b\t \n c\r\n"));
        assertEquals(List.of(), ShellWords.split(" "));
        assertEquals(List.of(), ShellWords.split(""));
    }

    @Test
    void singleQuotesKeepEverything() {
        assertEquals(List.of("a b\\\"$c", ""), ShellWords.split("'a b\\\"$c' ''"));
    }

    @Test
    void doubleQuotesKnowFourEscapes() {
        assertEquals(List.of("a \"b\" \\ $c ` \\n"), ShellWords.split("\"a \\\"b\\\" \\\\ \\$c \\` \\n\""));
    }

    @Test
    void backslashTakesTheNextCharacterAsItIs() {
        assertEquals(List.of("a b", "'c"), ShellWords.split("a\\ b \\'c"));
        assertEquals(List.of("a\\"), ShellWords.split("a\\"));
    }

    @Test
    void quotedPartsJoinTheirNeighbours() {
        assertEquals(List.of("-Dname=a b.c"), ShellWords.split("-Dname='a b'.\"c\""));
    }

    @Test
    void lineThatStartJarPrintsIsSplit() {
        String line = "'/opt/a jdk/bin/java' -Djava.io.tmpdir=/tmp '-Djetty.home=/opt/jetty home' "
                + "-cp '/lib/a.jar:/lib/it'\\''s b.jar' org.eclipse.jetty.xml.XmlConfiguration 'jetty.http.port=80' etc/jetty.xml";

        assertEquals(
                List.of(
                        "/opt/a jdk/bin/java",
                        "-Djava.io.tmpdir=/tmp",
                        "-Djetty.home=/opt/jetty home",
                        "-cp",
                        "/lib/a.jar:/lib/it's b.jar",
                        "org.eclipse.jetty.xml.XmlConfiguration",
                        "jetty.http.port=80",
                        "etc/jetty.xml"),
                ShellWords.split(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "a \"b", "\"a\\\""})
    void openQuoteIsRefused(String line) {
        var e = assertThrows(IllegalArgumentException.class, () -> ShellWords.split(line));

        assertEquals("a quote is not closed in: " + line, e.getMessage());
    }
}
