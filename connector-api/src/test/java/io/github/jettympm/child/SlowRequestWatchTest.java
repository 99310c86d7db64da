package io.github.jettympm.child;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.settings.RequestTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SlowRequestWatchTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = 7;

    @TempDir
    private Path directory;

    private final List<String> done = new ArrayList<>();
    private Traffic traffic;

    @BeforeEach
    void begin() throws Exception {
        traffic = Scoreboard.create(directory.resolve("scoreboard"), 1).traffic(0);
        traffic.connectionTaken("192.0.2.1", BEGIN);
        traffic.requestBegins("GET", "/first", BEGIN);
    }

    private SlowRequestWatch watch(BooleanSupplier connected, int slow, int terminate) {
        var times = new RequestTimes("p", Duration.ofSeconds(slow), Duration.ofSeconds(terminate), Duration.ZERO);
        return new SlowRequestWatch(traffic, connected, times, () -> done.add("slow"), () -> done.add("end"));
    }

    @Test
    void aRequestThatTakesTooLongIsLoggedOnceAndEnds() throws Exception {
        var watch = watch(() -> true, 1, 3);

        for (int second = 0; second <= 3; second++) {
            watch.look(BEGIN + second * SECOND);
        }

        assertEquals(List.of("slow", "end"), done);
    }

    @Test
    void aRequestIsNotEndedForTheOneBefore() throws Exception {
        List<Long> looks = new ArrayList<>();
        var watch = watch(
                () -> {
                    looks.add(traffic.since());
                    if (looks.size() == 2) {
                        traffic.requestEnds(0, BEGIN + 4 * SECOND);
                        traffic.requestBegins("GET", "/second", BEGIN + 5 * SECOND);
                    }
                    return true;
                },
                0,
                3);

        watch.look(BEGIN + 3 * SECOND);

        assertEquals(List.of(BEGIN, BEGIN), looks, "looked again after the log had said so");
        assertEquals(List.of(), done);
        watch.look(BEGIN + 8 * SECOND);
        assertEquals(List.of("end"), done, "the second one has its own time");
    }

    @Test
    void aRequestThatEndsWhileTheLogSaysThatItTakesTooLongCostsNothing() throws Exception {
        List<Long> looks = new ArrayList<>();
        var watch = watch(
                () -> {
                    looks.add(traffic.since());
                    if (looks.size() == 2) {
                        traffic.requestEnds(0, BEGIN + 4 * SECOND);
                    }
                    return true;
                },
                0,
                3);

        watch.look(BEGIN + 3 * SECOND);

        assertEquals(List.of(), done);
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws Exception {
        List<String> looks = new ArrayList<>();
        var watch = watch(
                () -> {
                    looks.add("look");
                    if (looks.size() <= 2) {
                        throw new IllegalStateException("on purpose");
                    }
                    return true;
                },
                1,
                0);

        watch.look(BEGIN + SECOND);
        watch.look(BEGIN + SECOND);
        watch.look(BEGIN + SECOND);

        assertEquals(List.of("slow"), done);
    }

    /** As when the request holds the lock of the log. */
    @Test
    void aRequestOfWhichNothingCanBeSaidEndsAllTheSame() throws Exception {
        var watch = watch(() -> true, 1, 3);
        var silence = new CountDownLatch(1);
        var serving = new Thread(watch::serving) {
            @Override
            public StackTraceElement[] getStackTrace() {
                try {
                    silence.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new StackTraceElement[0];
            }
        };
        serving.start();
        serving.join();

        watch.look(BEGIN + SECOND);
        watch.look(BEGIN + 3 * SECOND);

        assertEquals(List.of("slow", "end"), done);
        silence.countDown();
    }
}
