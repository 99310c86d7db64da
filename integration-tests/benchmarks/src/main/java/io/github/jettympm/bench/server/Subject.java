package io.github.jettympm.bench.server;

import java.io.IOException;
import java.util.Optional;

/** A server under test that can be started. */
public interface Subject {
    /** How the tables call it. */
    String name();

    /** Why it cannot be started so; empty if it can. */
    Optional<String> missing(Setup setup, Placement placement) throws IOException;

    /** Starts its process; {@link RunningServer#awaitReady} waits for it. */
    RunningServer launch(Setup setup, Placement placement) throws IOException, InterruptedException;
}
