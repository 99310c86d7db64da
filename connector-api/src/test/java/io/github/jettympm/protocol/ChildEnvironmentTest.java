package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {
    @Test
    void childReadsWhatItsParentSaid() {
        var said = new ChildEnvironment(1, "A on ::1:80 (+)", 2, 3, 4_194_304L, 5, true, Path.of("work", "scoreboard"));

        var read = ChildEnvironment.from(Map.of(ChildEnvironment.VARIABLE, said.value()));

        assertEquals(Optional.of(said), read);
        assertEquals("1:A+on+%3A%3A1%3A80+%28%2B%29:2:3:4194304:5:true:work/scoreboard", said.value());
    }

    @Test
    void pathMayHaveColonsAndBlanks() {
        var said = new ChildEnvironment(0, "", 0, 1, 2, 3, false, Path.of("a:b c", "d:e"));

        assertEquals(Optional.of(said), ChildEnvironment.from(Map.of(ChildEnvironment.VARIABLE, said.value())));
    }

    @Test
    void processWithoutTheVariableIsNoChild() {
        assertEquals(Optional.empty(), ChildEnvironment.from(Map.of("PATH", "1:2:3:4:5")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:x:2:3:4:5:true",
                "1:x:2:3:4:true:path",
                "a:x:2:3:4:5:true:path",
                "1:%:2:3:4:5:true:path",
                "1:x:b:3:4:5:true:path",
                "1:x:2:c:4:5:true:path",
                "1:x:2:3:d:5:true:path",
                "1:x:2:3:4:e:true:path",
                "1.0:x:2:3:4:5:true:path"
            })
    void malformedValueIsNamed(String value) {
        var environment = Map.of(ChildEnvironment.VARIABLE, value);

        var e = assertThrows(IllegalArgumentException.class, () -> ChildEnvironment.from(environment));

        assertTrue(e.getMessage()
                .startsWith("environment variable JETTY_MPM_CHILD=" + value + " is not connector:identity:slot:"));
    }
}
