package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.systemd.ServiceManagers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceNoticeTest {
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final AtomicReference<Duration> sinceBeat = new AtomicReference<>(Duration.ZERO);
    private final ServiceNotice notice =
            new ServiceNotice(ServiceManagers.sendingTo(sent::add, Optional.of(Duration.ofSeconds(30))), () -> {
                throw new IOException("nobody keeps it");
            });

    private String first(String message) {
        return message.lines().findFirst().orElseThrow();
    }

    @Test
    void watchdogIsToldWhileEveryHeartbeatLives() {
        notice.add(() -> Duration.ZERO);
        notice.add(sinceBeat::get);

        notice.keepAlive();
        assertEquals("WATCHDOG=1", sent.poll());

        sinceBeat.set(Duration.ofSeconds(16));
        notice.keepAlive();
        assertEquals(List.of(), List.copyOf(sent));

        sinceBeat.set(Duration.ofSeconds(1));
        notice.keepAlive();
        assertEquals("WATCHDOG=1", sent.poll());
    }

    @Test
    void watchdogIsToldWhileChildrenFinishWhatTheyHaveBegun() {
        notice.add(sinceBeat::get);
        sinceBeat.set(Duration.ofSeconds(60));

        notice.lifeCycleStopping(new Server());
        notice.keepAlive();

        assertEquals(
                List.of("STOPPING=1", "WATCHDOG=1"),
                sent.stream().map(this::first).toList());
    }

    @Test
    void restartsThatOverlapAreOne() throws Exception {
        var first = new CompletableFuture<Integer>();
        var second = new CompletableFuture<Integer>();

        notice.during(first);
        notice.during(second);
        first.complete(2);
        second.completeExceptionally(new IOException("did not boot"));

        assertEquals("RELOADING=1", first(sent.take()));
        assertEquals("READY=1\nSTATUS=serving", sent.take());
        assertEquals(List.of(), List.copyOf(sent));
    }
}
