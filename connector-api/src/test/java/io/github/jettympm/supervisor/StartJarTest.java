package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class StartJarTest {
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

    private static List<String> words(String line) {
        return List.of(line.split(" "));
    }
}
