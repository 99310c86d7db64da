package io.github.jettympm.contract;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a soak is: 50,000 requests for all connectors each time the tests run, a million for each in the long run. */
abstract class SoakCases {
    /** Requests each time the tests run. */
    abstract int few();

    /** Requests of the long run. */
    abstract int many();

    /** Sends requests, and checks that each is answered with what follows from it alone. */
    abstract void soak(int requests, long seed) throws Exception;

    @Test
    @Tag("once")
    void noBytesReachAnotherConnection() throws Exception {
        soak(few(), 1);
    }

    @Test
    @Tag("long")
    void noBytesReachAnotherConnectionInAMillionRequests() throws Exception {
        soak(many(), Long.getLong("soak.seed", System.nanoTime()));
    }
}
