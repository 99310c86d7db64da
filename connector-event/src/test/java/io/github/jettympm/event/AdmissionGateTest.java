package io.github.jettympm.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AdmissionGateTest {
    @Test
    void withNoBoundOnRequestsThereIsNoneOnConnections() {
        AdmissionGate gate = new AdmissionGate(0, 2);

        assertTrue(gate.admits(1_000_000, 0));
    }

    @Test
    void idleWorkersAdmitTheFactorEach() {
        AdmissionGate gate = new AdmissionGate(25, 2);

        assertTrue(gate.admits(74, 25));
        assertFalse(gate.admits(75, 25));
        assertTrue(gate.admits(34, 5));
        assertFalse(gate.admits(35, 5));
    }

    @Test
    void nobodyIsAdmittedWhileAllWorkersAreBusy() {
        AdmissionGate gate = new AdmissionGate(25, 2);

        assertFalse(gate.admits(0, 0));
    }

    @Test
    void factorIsAFraction() {
        AdmissionGate gate = new AdmissionGate(10, 1.5);

        assertTrue(gate.admits(24, 10));
        assertFalse(gate.admits(25, 10));
    }

    @Test
    void withFactorZeroThereAreAsManyConnectionsAsWorkers() {
        AdmissionGate gate = new AdmissionGate(10, 0);

        assertTrue(gate.admits(9, 10));
        assertFalse(gate.admits(10, 10));
    }
}
