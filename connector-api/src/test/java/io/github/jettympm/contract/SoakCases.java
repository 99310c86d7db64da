package io.github.jettympm.contract;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a soak is: some requests each time the tests run, a million of them in the long run. */
abstract class SoakCases {
    private static final int FEW = 1_000;

    /** Requests of the long run. */
    abstract int many();

    /** Sends requests, and checks that each is answered with what follows from it alone. */
    abstract void soak(int requests, long seed) throws Exception;

    @Test
    @Tag("once")
    void noBytesReachAnotherConnection() throws Exception {
        soak(FEW, 1);
    }

    @Test
    @Tag("long")
    void noBytesReachAnotherConnectionInAMillionRequests() throws Exception {
        soak(many(), Long.getLong("soak.seed", System.nanoTime()));
    }
}
