package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceVariablesTest {
    @Test
    void childGetsItsParentsEnvironmentButNotWhatAServiceManagerTellsThat() {
        var environment = new HashMap<>(Map.of("DATABASE", "a", "NOTIFY_SOCKET", "/run/notify", "LISTEN_FDS", "1"));

        ServiceVariables.removeFrom(environment);

        assertEquals(Map.of("DATABASE", "a"), environment);
    }
}
