package io.github.jettympm.prefork;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each property that a module explains is set in its XML, and nothing else is. */
class PreforkConfigurationTest {
    private static final Path CONFIG = Path.of("src/main/config");
    private static final Pattern EXPLAINED = Pattern.compile("(?m)^# jetty\\.prefork\\.(\\w+)=");
    private static final Pattern SET = Pattern.compile("<Set name=\"(\\w+)\" property=\"jetty\\.prefork\\.\\1\"/>");

    private static Set<String> found(Pattern pattern, String file) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(CONFIG.resolve(file)));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "modules/connector-prefork.mod, etc/jetty-prefork-http.xml",
        "modules/connector-prefork-ssl.mod, etc/jetty-prefork-ssl.xml",
    })
    void eachPropertyIsExplainedAndSet(String module, String xml) throws IOException {
        Set<String> explained = found(EXPLAINED, module);

        assertTrue(explained.size() > 10, explained::toString);
        assertEquals(explained, found(SET, xml));
        for (String name : explained) {
            String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            assertTrue(
                    Arrays.stream(PreforkConnector.class.getMethods())
                            .map(Method::getName)
                            .anyMatch(setter::equals),
                    setter);
        }
    }

    @Test
    void valueThatIsRefusedIsNamedWithThePropertyOfItsConnector() {
        var connector = new PreforkConnector(new Server());
        connector.setStartServers(5_000);
        connector.setMaxRequestWorkers(5_000);

        var common = assertThrows(IllegalArgumentException.class, connector::start);
        connector.setPropertyPrefix("jetty.prefork.ssl");
        var own = assertThrows(IllegalArgumentException.class, connector::start);

        assertEquals("jetty.prefork.maxRequestWorkers=5000 is out of range: use 1 to 1000", common.getMessage());
        assertEquals(
                "jetty.prefork.ssl.maxRequestWorkers=5000 is out of range: use 1 to 1000 (a property"
                        + " jetty.prefork.ssl.X that is not set has the value of jetty.prefork.X)",
                own.getMessage());
    }

    @Test
    void childrenStartFromAnArchiveUnlessToldOtherwise() {
        assertTrue(new PreforkConnector(new Server()).isClassDataArchive());
    }

    @Test
    void noRequestIsSlowOrEndedUnlessToldOtherwise() {
        var connector = new PreforkConnector(new Server());

        assertEquals(0, connector.getSlowRequestThreshold());
        assertEquals(0, connector.getRequestTerminateTimeout());
    }

    @Test
    void quoteInOptionsOfChildrenHasToBeClosed() {
        PreforkConnector connector = new PreforkConnector(new Server());
        connector.setJvmArgs(" -Xmx64m '-Da=b c' ");

        assertDoesNotThrow(connector::checkSettings);
        assertEquals("-Xmx64m '-Da=b c'", connector.getJvmArgs());

        connector.setJvmArgs("-Da='b");
        String refusal = assertThrows(IllegalArgumentException.class, connector::checkSettings)
                .getMessage();
        assertTrue(refusal.startsWith("jetty.prefork.jvmArgs=-Da='b has a quote that is not closed"), refusal);
    }
}
