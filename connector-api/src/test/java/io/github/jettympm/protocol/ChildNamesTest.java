package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChildNamesTest {
    @Test
    void onlyPoolOfAServerIsNotNamed() {
        var names = ChildNames.of("prefork", 1, 1);

        assertEquals("prefork-3", names.child(3));
        assertEquals("slot 3", names.place(3));
        assertEquals("mpm-heartbeat", names.thread("mpm-heartbeat"));
    }

    @Test
    void ofSeveralPoolsEachIsNamed() {
        var names = ChildNames.of("prefork", 1, 2);

        assertEquals("prefork-1.3", names.child(3));
        assertEquals("slot 3 of connector 1", names.place(3));
        assertEquals("mpm-heartbeat-1", names.thread("mpm-heartbeat"));
    }
}
