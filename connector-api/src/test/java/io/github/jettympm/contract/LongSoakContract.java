package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The {@link Soak} for as long as {@code -Dsoak.minutes} says (1 unless it does) on a server in processes of its own, half of the
 * time in clear text and half of it over TLS, with what the server has of the machine after a third of that and at the end.
 * {@code long-run.sh --soak} runs it.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"CLEAR_TEXT", "TLS_1_3"})
@Timeout(value = 1, unit = TimeUnit.DAYS)
@Tag("long")
@Tag("soak")
public abstract class LongSoakContract {
    private static final double SECONDS = Double.parseDouble(System.getProperty("soak.minutes", "1")) * 60 / 2;
    private static final double WARM_UP = SECONDS / 3; // in which pools of buffers and threads fill
    private static final double MORE_HEAP = 1.5;
    private static final long MORE_HEAP_KB = 16 * 1024;
    private static final int MORE_DESCRIPTORS = 16; // for each process
    private static final int MORE_THREADS = 200; // for each process: the most that Jetty's pool has

    private final Class<? extends AbstractNetworkConnector> connector;
    private final List<String> settings;

    @Parameter
    Transport transport;

    @TempDir
    Path directory;

    /**
     * Names the connector.
     *
     * @param connector a class with a constructor that takes a server and factories
     * @param settings those of the connector, as {@code name=value}
     */
    protected LongSoakContract(Class<? extends AbstractNetworkConnector> connector, String... settings) {
        this.connector = connector;
        this.settings = List.of(settings);
    }

    @Test
    void serverStandsIt() throws Exception {
        long seed = Long.getLong("soak.seed", System.nanoTime());
        List<String> complaints;
        Footprint before;
        Footprint after;
        Soak soak;
        try (ServerProcess server = ServerProcess.start(directory, connector, transport, settings, List.of())) {
            soak = new Soak(transport, server.port(), seed);
            runFor(WARM_UP, soak);
            before = Footprint.of(server.handle());

            runFor(SECONDS - WARM_UP, soak);

            after = Footprint.of(server.handle());
            complaints = server.complaints();
        }
        List<String> verdict = verdict(soak, before, after, complaints);
        System.out.printf(
                "%s %s %s, %.0f s: %s%n  before: %s%n  after:  %s%n  verdict: %s%n",
                connector.getSimpleName(),
                settings,
                transport,
                SECONDS,
                soak,
                before,
                after,
                verdict.isEmpty() ? "passed" : "FAILED " + verdict);
        assertTrue(soak.requests() > 0, "no request was answered");
        assertEquals(List.of(), verdict);
    }

    private static void runFor(double seconds, Soak soak) throws Exception {
        long end = System.nanoTime() + (long) (seconds * Duration.ofSeconds(1).toNanos());
        soak.runWhile(() -> System.nanoTime() - end < 0);
    }

    private static List<String> verdict(Soak soak, Footprint before, Footprint after, List<String> complaints) {
        List<String> verdict = new ArrayList<>(soak.failures());
        verdict.addAll(complaints);
        if (after.processes() != before.processes()) {
            verdict.add("another number of processes");
        }
        if (after.descriptors() > before.descriptors() + MORE_DESCRIPTORS * after.processes()) {
            verdict.add("descriptors are left");
        }
        if (after.threads() > before.threads() + MORE_THREADS * after.processes()) {
            verdict.add("threads are left");
        }
        if (after.heapKb() > before.heapKb() * MORE_HEAP + MORE_HEAP_KB) {
            verdict.add("the heap has grown");
        }
        return verdict;
    }
}
