package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.protocol.ExitStatus;
import io.github.jettympm.scoreboard.RecycleCause;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.scoreboard.Traffic;
import io.github.jettympm.settings.LaunchSettings;
import io.github.jettympm.settings.PoolSettings;
import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.RecycleSettings;
import io.github.jettympm.settings.RequestTimes;
import io.github.jettympm.settings.ScanSettings;
import io.github.jettympm.settings.SpareServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("once")
class SupervisorTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Reads from a pipe that this process holds, so it ends when it is told to, or when this process does. */
    private static final List<String> CHILD = List.of("cat");

    @TempDir
    private Path directory;

    private final FakeLauncher launcher = new FakeLauncher();
    private final AtomicInteger waiting = new AtomicInteger();
    private RequestTimes requests = RequestTimes.unlimited("jetty.test");
    private RecycleSettings recycle = RecycleSettings.defaults("jetty.test");
    private Scoreboard scoreboard;
    private Supervisor supervisor;

    @BeforeEach
    void createScoreboard() throws IOException {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 8);
    }

    @AfterEach
    void leaveNoProcess() throws Exception {
        if (supervisor != null) {
            launcher.children.forEach(child -> child.process().destroyForcibly());
            supervisor.stop();
        }
        for (Child child : launcher.children) {
            child.process().destroyForcibly().waitFor();
        }
    }

    private CompletableFuture<Void> start(int children, Duration startTimeout, Duration drainTimeout) {
        return start(
                new PoolSize("jetty.test", ProcessManagement.STATIC, spares(children, -1, -1), -1, -1),
                startTimeout,
                drainTimeout);
    }

    private static SpareServers spares(int start, int min, int max) {
        return new SpareServers(start, min, max, SHORT);
    }

    private CompletableFuture<Void> start(PoolSize size, Duration startTimeout, Duration drainTimeout) {
        var settings = new PoolSettings(
                size.resolve(1),
                recycle,
                requests,
                startTimeout,
                drainTimeout,
                new LaunchSettings(List.of(), directory, false, true, Optional.empty()),
                new ScanSettings("jetty.test", directory, 0));
        supervisor = new Supervisor(settings, scoreboard, launcher, waiting::get);
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            try {
                supervisor.start();
                started.complete(null);
            } catch (IOException e) {
                started.completeExceptionally(e);
            }
        });
        starter.setDaemon(true);
        starter.start();
        return started;
    }

    /** Says for the next child that it is ready and idle. */
    private Child nextReady() throws InterruptedException {
        Child child = launcher.next();
        idle(child);
        return child;
    }

    private void idle(Child child) {
        scoreboard.threads(child.slot(), 1, 1);
        scoreboard.state(child.slot(), SlotState.READY);
    }

    private void busy(Child child) {
        scoreboard.threads(child.slot(), 1, 0);
    }

    /** Starts all children and says for them that they are ready. */
    private List<Child> startReady(int children, Duration drainTimeout) throws Exception {
        CompletableFuture<Void> started = start(children, LONG, drainTimeout);
        Child pilot = launcher.next();
        scoreboard.state(pilot.slot(), SlotState.READY);
        started.get();
        List<Child> all = new CopyOnWriteArrayList<>(List.of(pilot));
        while (all.size() < children) {
            Child next = launcher.next();
            scoreboard.state(next.slot(), SlotState.READY);
            all.add(next);
        }
        return all;
    }

    private static String failure(CompletableFuture<?> started) {
        return assertThrows(ExecutionException.class, started::get).getCause().getMessage();
    }

    @Test
    void pilotStartsAloneAndOthersFollowWhenItIsReady() throws Exception {
        CompletableFuture<Void> started = start(3, LONG, LONG);

        Child pilot = launcher.next();
        assertEquals(0, pilot.slot());
        assertEquals(SlotState.STARTING, scoreboard.state(0));
        assertEquals(1, scoreboard.generation(0));
        assertFalse(started.isDone());
        assertNull(launcher.launched.poll());
        scoreboard.state(0, SlotState.READY);
        started.get();

        assertEquals(
                Set.of(1, 2), Set.of(launcher.next().slot(), launcher.next().slot()));
        assertEquals(StopResult.GRACEFUL, supervisor.stop());
    }

    @Test
    void othersStartWhenWhatTheyStartFromIsThere() throws Exception {
        launcher.works = true;
        CompletableFuture<Void> started = start(3, LONG, LONG);
        nextReady();
        started.get();

        launcher.awaitLooks(3);
        assertNull(launcher.launched.poll());
        launcher.works = false;

        assertEquals(
                Set.of(1, 2), Set.of(launcher.next().slot(), launcher.next().slot()));
    }

    @Test
    void pilotThatDiesBeforeThatIsReplacedAtOnce() throws Exception {
        launcher.works = true;
        CompletableFuture<Void> started = start(3, LONG, LONG);
        Child pilot = nextReady();
        started.get();

        pilot.process().destroyForcibly();

        assertEquals(0, launcher.next().slot());
    }

    @Test
    void whatIsInWorkEndsWithThePool() throws Exception {
        launcher.works = true;
        startReady(1, LONG);

        supervisor.stop();

        assertFalse(launcher.works);
    }

    @Test
    void childThatDiesIsReplaced() throws Exception {
        List<Child> children = startReady(2, LONG);

        children.get(1).process().destroyForcibly();
        Child next = launcher.next();

        assertEquals(1, next.slot());
        assertTrue(launcher.cleared.contains(1));
        assertTrue(children.get(0).process().isAlive());
    }

    @Test
    void childThatIsStoppedIsKilledAndReplaced() throws Exception {
        List<Child> children = startReady(2, LONG);

        long pid = children.get(1).process().pid();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor());

        assertEquals(1, launcher.next().slot());
        assertTrue(children.get(0).process().isAlive());
    }

    @Test
    void childThatIsStuckInARequestAndDoesNotEndItselfIsKilledAndReplaced() throws Exception {
        requests = new RequestTimes("jetty.test", Duration.ZERO, SHORT, RequestTimes.NEVER_PRESSED);
        List<Child> children = startReady(2, LONG);
        idle(children.get(0));

        busy(children.get(1));
        long longAgo = System.nanoTime() - LONG.toNanos();
        scoreboard.traffic(1).connectionTaken("192.0.2.1", longAgo);
        scoreboard.traffic(1).requestBegins("GET", "/loop", longAgo);

        assertEquals(1, launcher.next().slot());
        assertTrue(children.get(0).process().isAlive());
        assertEquals(
                Map.of(ExitStatus.REQUEST_TOO_LONG.code(), 1L),
                scoreboard.pool().crashes());
    }

    @Test
    void childThatLeavesNonsenseInItsRowIsKilledAndReplacedAndOthersAreLookedAfter() throws Exception {
        List<Child> children = startReady(2, LONG);

        fillRow(1, (byte) 0x7f);
        Child next = launcher.next();
        idle(next);
        children.get(0).process().destroyForcibly();

        assertEquals(1, next.slot());
        assertEquals(0, launcher.next().slot());
    }

    /** Slots are of one size, behind a header of one page. */
    private void fillRow(int slot, byte content) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(scoreboard.file().toFile(), "rw")) {
            int row = (int) ((file.length() - 4096) / scoreboard.slots());
            byte[] bytes = new byte[row];
            Arrays.fill(bytes, content);
            file.seek(file.length() - (long) row * (scoreboard.slots() - slot));
            file.write(bytes);
        }
    }

    @Test
    void heartbeatOutlivesALauncherThatFailsInAnUnexpectedWay() throws Exception {
        List<Child> children = startReady(2, LONG);
        launcher.wild = new IllegalStateException("on purpose");
        children.get(1).process().destroyForcibly();

        launcher.failed.take();
        launcher.wild = null;

        assertEquals(1, launcher.next().slot());
    }

    /** As when there is no room for its directory. */
    @Test
    void childThatCannotBeStartedIsTriedAgainAndTheOthersGoOn() throws Exception {
        List<Child> children = startReady(2, LONG);
        launcher.refusal = new IOException("No space left on device");
        children.get(1).process().destroyForcibly();

        launcher.failed.take();
        launcher.refusal = null;

        assertEquals(1, launcher.next().slot());
        assertTrue(children.get(0).process().isAlive());
    }

    @Test
    void childThatSomebodyElseAsksToEndIsReplacedAndNoCrash() throws Exception {
        List<Child> children = startReady(1, LONG);

        scoreboard.state(0, SlotState.DRAINING); // as it says itself when SIGTERM comes
        children.get(0).process().toHandle().destroy();

        assertEquals(0, launcher.next().slot());
        assertEquals(Map.of(), scoreboard.pool().crashes());
    }

    /** Its server stops then as if it had been asked to, and says so on the scoreboard. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void childWhoseApplicationEndsTheProcessIsReplacedAndHasCrashed(int status) throws Exception {
        launcher.command = List.of("sh", "-c", "read line; exit " + status);
        List<Child> children = startReady(1, SHORT);

        scoreboard.state(0, SlotState.DRAINING);
        assertEquals(1, launcher.next().slot());
        children.get(0).process().getOutputStream().close();
        while (scoreboard.pool().crashes().isEmpty()) {
            Thread.onSpinWait();
        }

        assertEquals(Map.of(status, 1L), scoreboard.pool().crashes());
    }

    @Test
    void pilotThatDiesAfterItWasReadyIsReplaced() throws Exception {
        List<Child> children = startReady(1, LONG);

        children.get(0).process().destroyForcibly();

        assertEquals(0, launcher.next().slot());
    }

    @Test
    void pilotThatEndsBeforeItIsReadyFailsTheStart() {
        launcher.command = List.of("sh", "-c", "exit 70");
        launcher.lastWords = Optional.of("no such WAR");

        String message = failure(start(3, LONG, LONG));

        Child pilot = launcher.children.get(0);
        assertEquals(
                "child " + pilot.process().pid() + " (slot 0) ended after N s with status 70 (boot failed)"
                        + " before it was ready: no such WAR",
                message.replaceFirst("after \\d+ s", "after N s"));
        assertEquals(1, launcher.children.size());
        assertEquals(List.of(0), launcher.cleared);
        assertEquals(SlotState.OPEN, scoreboard.state(0));
    }

    @Test
    void pilotThatIsNotReadyInTimeFailsTheStart() throws Exception {
        CompletableFuture<Void> started = start(3, SHORT, LONG);

        String message = failure(started);

        assertTrue(
                message.endsWith("was not ready within 300 ms and is killed; raise jetty.test.startTimeout if the"
                        + " applications need longer to start"),
                message);
        assertFalse(launcher.next().process().isAlive());
        assertEquals(1, launcher.children.size());
    }

    @Test
    void pilotThatCannotBeLaunchedFailsTheStart() {
        launcher.command = List.of("/no/such/program");

        String message = failure(start(3, LONG, LONG));

        assertTrue(message.contains("/no/such/program"), message);
        assertEquals(SlotState.OPEN, scoreboard.state(0));
    }

    @Test
    void childThatIsNeverReadyIsKilledAndReplaced() throws Exception {
        CompletableFuture<Void> started = start(2, Duration.ofSeconds(2), LONG);
        Child pilot = launcher.next();
        scoreboard.state(pilot.slot(), SlotState.READY);
        started.get();

        Child slow = launcher.next();
        Child replacement = launcher.next();

        assertEquals(slow.slot(), replacement.slot());
        assertFalse(slow.process().isAlive());
        assertTrue(pilot.process().isAlive());
    }

    @Test
    void stopIsGracefulWhenChildrenEndByThemselves() throws Exception {
        List<Child> children = startReady(3, LONG);

        StopResult result = supervisor.stop();

        assertEquals(StopResult.GRACEFUL, result);
        assertTrue(children.stream().noneMatch(child -> child.process().isAlive()));
        assertEquals(Set.of(0, 1, 2), Set.copyOf(launcher.cleared));
    }

    @Test
    void stopIsForcedWhenAChildDoesNotEnd() throws Exception {
        launcher.command = deaf();
        List<Child> children = startReady(1, SHORT);
        BufferedReader output = children.get(0).process().inputReader();
        assertEquals("deaf", output.readLine());

        StopResult result = supervisor.stop();

        assertEquals(StopResult.FORCED, result);
        assertFalse(children.get(0).process().isAlive());
        assertEquals(List.of(0), launcher.cleared);
    }

    @Test
    void childrenAreAskedToEndBeforeAnybodyWaitsForThem() throws Exception {
        List<Child> children = startReady(2, LONG);

        supervisor.beginStop();

        CompletableFuture.allOf(ends(children)).get();
        assertEquals(143, children.get(1).process().exitValue());
        assertEquals(StopResult.GRACEFUL, supervisor.stop());
    }

    @Test
    void childThatIsNotReadyYetIsKilledWhenThePoolStops() throws Exception {
        CompletableFuture<Void> started = start(2, LONG, LONG.dividedBy(2));
        Child pilot = launcher.next();
        launcher.command = deaf();
        idle(pilot);
        started.get();
        Child booting = launcher.next();
        assertEquals("deaf", booting.process().inputReader().readLine());

        StopResult result = supervisor.stop();

        assertEquals(StopResult.GRACEFUL, result);
        assertEquals(137, booting.process().exitValue());
    }

    /** Does not end when it is asked to. */
    private List<String> deaf() throws Exception {
        String fifo = directory.resolve("never-written").toString();
        assertEquals(0, new ProcessBuilder("mkfifo", fifo).start().waitFor());
        return List.of("sh", "-c", "trap '' TERM; echo deaf; read line < " + fifo);
    }

    @Test
    void stopMayBeRepeated() throws Exception {
        startReady(1, LONG);

        assertEquals(StopResult.GRACEFUL, supervisor.stop());
        assertEquals(StopResult.GRACEFUL, supervisor.stop());
        assertNull(launcher.launched.poll());
    }

    @Test
    void stopEndsTheChildrenOfAnInterruptedThread() throws Exception {
        List<Child> children = startReady(2, LONG);

        Thread.currentThread().interrupt();
        StopResult result = supervisor.stop();

        assertTrue(Thread.interrupted());
        assertEquals(StopResult.GRACEFUL, result);
        assertTrue(children.stream().noneMatch(child -> child.process().isAlive()));
    }

    @Test
    void poolGrowsWhenTooFewAreIdleAndShrinksWhenTooManyAre() throws Exception {
        start(new PoolSize("jetty.test", ProcessManagement.DYNAMIC, spares(2, 1, 2), 6, -1), LONG, LONG);
        List<Child> children = new ArrayList<>(List.of(nextReady(), nextReady()));
        assertNull(launcher.launched.poll());

        children.forEach(this::busy);
        children.add(nextReady());
        children.forEach(this::busy);
        children.add(nextReady());
        children.forEach(this::idle);

        CompletableFuture.anyOf(ends(children)).get();
        assertEquals(4, launcher.children.size());
    }

    @Test
    void numberOfIdleChildrenCanBeChangedWhileTheyServe() throws Exception {
        start(new PoolSize("jetty.test", ProcessManagement.DYNAMIC, spares(2, 1, 2), 6, -1), LONG, LONG);
        List<Child> children = new ArrayList<>(List.of(nextReady(), nextReady()));
        assertNull(launcher.launched.poll());

        supervisor.spares(spares(2, 3, 4));
        children.add(nextReady());
        supervisor.spares(spares(2, 1, 1));

        CompletableFuture.anyOf(ends(children)).get();
        assertEquals(3, launcher.children.size());
    }

    @Test
    void childThatAnOperatorDrainsEndsAndIsReplaced() throws Exception {
        List<Child> children = startReady(2, LONG);
        while (!supervisor.drain(1)) {
            Thread.onSpinWait(); // until the supervisor has seen that it is ready
        }

        assertFalse(supervisor.drain(1), "it ends already");
        children.get(1).process().onExit().get();
        assertFalse(supervisor.drain(launcher.next().slot()), "it starts");
        assertFalse(supervisor.drain(7), "nobody is there");
        assertTrue(children.get(0).process().isAlive());
    }

    @Test
    void childIsStartedForAConnectionThatWaitsAndEndsWhenItWasIdle() throws Exception {
        start(new PoolSize("jetty.test", ProcessManagement.ONDEMAND, spares(1, -1, -1), 3, -1), LONG, LONG);
        Child pilot = nextReady();
        pilot.process().onExit().get();
        assertEquals(143, pilot.process().exitValue());
        assertNull(launcher.launched.poll());

        waiting.set(1);
        Child next = nextReady();
        waiting.set(0);

        next.process().onExit().get();
    }

    @Test
    void scoreboardTellsOfTheProcessesAndOfTheLimit() throws Exception {
        start(new PoolSize("jetty.test", ProcessManagement.ONDEMAND, spares(1, -1, -1), 1, -1), LONG, LONG);
        Child pilot = nextReady();
        busy(pilot);

        waiting.set(1);
        while (scoreboard.pool().timesLimitReached() == 0) {
            Thread.onSpinWait();
        }

        assertEquals(pilot.process().pid(), scoreboard.process(pilot.slot()).pid());
        assertTrue(scoreboard.process(pilot.slot()).started() > 0);
        assertEquals(1, scoreboard.pool().timesLimitReached());
        assertEquals(Map.of(), scoreboard.pool().recycles());
    }

    @Test
    void connectionThatIsIdleForLongestEndsWhenOthersWait() throws Exception {
        List<Child> children = startReady(3, LONG);
        long now = System.nanoTime();
        for (Child child : children) {
            busy(child);
            Traffic traffic = scoreboard.traffic(child.slot());
            traffic.connectionTaken("192.0.2.1", now);
            traffic.requestBegins("GET", "/", now);
            if (child.slot() != 2) {
                traffic.requestEnds(
                        1, now - Duration.ofSeconds(child.slot() + 1).toNanos());
            }
        }

        waiting.set(1);
        while (!scoreboard.traffic(1).isToEndKeepAlive()) {
            Thread.onSpinWait();
        }

        assertTrue(scoreboard.isUnderPressure());
        assertFalse(scoreboard.traffic(2).isToEndKeepAlive());
        children.forEach(this::idle);
        while (scoreboard.isUnderPressure()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void renewalReplacesOneChildAfterTheOther() throws Exception {
        List<Child> old = startReady(2, LONG);
        old.forEach(this::idle);

        CompletableFuture<Integer> renewed = supervisor.renew();
        Child pilot = launcher.next();
        assertEquals(2, pilot.generation());
        assertTrue(old.stream().allMatch(child -> child.process().isAlive()));
        idle(pilot);
        assertEquals(2, renewed.get());
        CompletableFuture.anyOf(ends(old)).get();
        Child last = launcher.next();
        assertEquals(2, last.generation());
        assertEquals(1, old.stream().filter(child -> child.process().isAlive()).count());
        idle(last);

        CompletableFuture.allOf(ends(old)).get();
        assertEquals(1, launcher.forgotten.take());
        assertNull(launcher.forgotten.poll());
        assertEquals(1, launcher.renewals.get());
        assertEquals(4, launcher.children.size());
        assertTrue(pilot.process().isAlive() && last.process().isAlive());
    }

    @Test
    void renewalWhosePilotDiesChangesNothing() throws Exception {
        List<Child> old = startReady(2, LONG);

        CompletableFuture<Integer> renewed = supervisor.renew();
        Child pilot = launcher.next();
        pilot.process().destroyForcibly();

        String reason =
                assertThrows(ExecutionException.class, renewed::get).getCause().getMessage();
        assertTrue(reason.contains("killed by signal 9") && reason.contains("before it was ready"), reason);
        assertEquals(2, launcher.forgotten.take());
        old.get(0).process().destroyForcibly();
        assertEquals(1, launcher.next().generation());
        assertTrue(old.get(1).process().isAlive());
    }

    @Test
    void renewalWhosePilotDoesNotStartSaysWhatThatSays() throws Exception {
        startReady(1, LONG);
        launcher.command = List.of("sh", "-c", "exit 70");
        launcher.lastWords = Optional.of("no such WAR");

        String reason = failure(supervisor.renew());

        assertTrue(reason.endsWith("with status 70 (boot failed) before it was ready: no such WAR"), reason);
    }

    @Test
    void renewalWhosePilotIsLateSaysSo() throws Exception {
        CompletableFuture<Void> started = start(1, Duration.ofSeconds(2), LONG);
        nextReady();
        started.get();

        String reason = failure(supervisor.renew());

        assertTrue(
                reason.endsWith(
                        "before it was ready, killed by its parent, since it was not ready within 2000 ms; raise"
                                + " jetty.test.startTimeout if the applications need longer to start"),
                reason);
    }

    /** As when there is no memory for it. */
    @Test
    void renewalEndsEvenIfItCannotBeSaidWhyItsPilotDied() throws Exception {
        startReady(1, LONG);
        launcher.unreadable = new OutOfMemoryError("on purpose");
        CompletableFuture<Integer> renewed = supervisor.renew();
        launcher.next().process().destroyForcibly();

        String reason = failure(renewed);
        launcher.unreadable = null;

        assertTrue(reason.endsWith("ended before it was ready"), reason);
        CompletableFuture<Integer> again = supervisor.renew();
        idle(launcher.next());
        assertEquals(2, again.get());
    }

    @Test
    void renewalWhoseConfigurationCannotBeReadChangesNothing() throws Exception {
        List<Child> old = startReady(1, LONG);
        launcher.renewal = new IOException("no such file");

        CompletableFuture<Integer> renewed = supervisor.renew();

        String reason =
                assertThrows(ExecutionException.class, renewed::get).getCause().getMessage();
        assertEquals("its configuration cannot be read: no such file", reason);
        assertTrue(old.get(0).process().isAlive());
        assertEquals(1, launcher.children.size());
    }

    @Test
    void renewalThatFailedMayBeTriedAgain() throws Exception {
        startReady(1, LONG);
        launcher.renewal = new IOException("no such file");
        assertThrows(ExecutionException.class, supervisor.renew()::get);
        launcher.renewal = null;

        CompletableFuture<Integer> renewed = supervisor.renew();
        idle(launcher.next());

        assertEquals(2, renewed.get());
    }

    @Test
    void renewalThatFailedByAnErrorMayBeTriedAgain() throws Exception {
        startReady(1, LONG);
        launcher.renewalError = new StackOverflowError();

        String reason = assertThrows(ExecutionException.class, supervisor.renew()::get)
                .getCause()
                .getMessage();
        launcher.renewalError = null;
        CompletableFuture<Integer> renewed = supervisor.renew();
        idle(launcher.next());

        assertEquals("its configuration cannot be read: java.lang.StackOverflowError", reason);
        assertEquals(2, renewed.get());
    }

    @Test
    void renewalWhosePilotCannotBeStartedMayBeTriedAgain() throws Exception {
        startReady(1, LONG);
        launcher.wild = new IllegalStateException("wild");

        String reason = assertThrows(ExecutionException.class, supervisor.renew()::get)
                .getCause()
                .getMessage();
        launcher.wild = null;
        CompletableFuture<Integer> renewed = supervisor.renew();
        idle(launcher.next());

        assertEquals("its first child could not be started: java.lang.IllegalStateException: wild", reason);
        assertEquals(2, renewed.get());
    }

    @Test
    void nobodyWaitsForARenewalOfAPoolThatIsStopped() throws Exception {
        startReady(1, LONG);
        CompletableFuture<Integer> begun = supervisor.renew();
        launcher.next();

        supervisor.stop();

        assertThrows(ExecutionException.class, begun::get);
        assertThrows(ExecutionException.class, supervisor.renew()::get);
    }

    @Test
    void childThatHasServedForLongEnoughEndsWhenAnotherIsReady() throws Exception {
        recycle = new RecycleSettings("jetty.test", 2, Duration.ZERO, 0, 0, 1);
        List<Child> children = startReady(2, LONG);
        children.forEach(this::idle);
        scoreboard.traffic(1).connectionTaken("192.0.2.1", System.nanoTime());
        scoreboard.traffic(1).connectionTaken("192.0.2.1", System.nanoTime());

        Child next = launcher.next();
        assertTrue(children.get(1).process().isAlive());
        idle(next);

        assertEquals(143, children.get(1).process().onExit().get().exitValue());
        assertTrue(children.get(0).process().isAlive() && next.process().isAlive());
        assertEquals(3, launcher.children.size());
        assertEquals(Map.of(RecycleCause.CONNECTIONS, 1L), scoreboard.pool().recycles());
    }

    @Test
    void childThatHasServedForItsTimeEndsWhenAnotherIsReady() throws Exception {
        recycle = new RecycleSettings("jetty.test", 0, Duration.ofMillis(1), 0, 0, 1);

        assertReplaced(RecycleCause.LIFETIME);
    }

    /** Which takes 10 s: nothing is a leak before. */
    @Test
    @Tag("long")
    void childWithTooMuchMemoryEndsWhenAnotherIsReady() throws Exception {
        recycle = new RecycleSettings("jetty.test", 0, Duration.ZERO, 1, 0, 1);

        assertReplaced(RecycleCause.MEMORY);
    }

    private void assertReplaced(RecycleCause cause) throws Exception {
        Child old = startReady(1, LONG).get(0);
        idle(old);

        Child next = launcher.next();
        assertTrue(old.process().isAlive());
        idle(next);

        assertEquals(143, old.process().onExit().get().exitValue());
        assertEquals(1L, scoreboard.pool().recycles().get(cause));
    }

    @Test
    void generationOfWhichNoChildIsLeftIsForgottenWhenTheNextIsThere() throws Exception {
        start(new PoolSize("jetty.test", ProcessManagement.ONDEMAND, spares(1, -1, -1), 3, -1), LONG, LONG);
        nextReady().process().onExit().get();

        CompletableFuture<Integer> renewed = supervisor.renew();
        nextReady();

        assertEquals(2, renewed.get());
        assertEquals(1, launcher.forgotten.take());
    }

    @Test
    void childThatDoesNotDrainInTimeIsKilled() throws Exception {
        launcher.command = deaf();
        List<Child> old = startReady(1, SHORT);
        assertEquals("deaf", old.get(0).process().inputReader().readLine());

        supervisor.renew();
        idle(launcher.next());

        assertEquals(137, old.get(0).process().onExit().get().exitValue());
    }

    private static CompletableFuture<?>[] ends(List<Child> children) {
        return children.stream().map(child -> child.process().onExit()).toArray(CompletableFuture[]::new);
    }

    /** A process that was launched for a slot. */
    private record Child(int slot, int generation, Process process) {}

    /** Starts small processes in place of virtual machines. */
    private static final class FakeLauncher implements ChildLauncher {
        final BlockingQueue<Child> launched = new LinkedBlockingQueue<>();
        final List<Child> children = new CopyOnWriteArrayList<>();
        final List<Integer> cleared = new CopyOnWriteArrayList<>();
        final BlockingQueue<Integer> forgotten = new LinkedBlockingQueue<>();
        final AtomicInteger renewals = new AtomicInteger();
        volatile List<String> command = CHILD;
        volatile Optional<String> lastWords = Optional.empty();
        volatile Error unreadable;
        volatile IOException renewal;
        volatile Error renewalError;
        volatile RuntimeException wild;
        volatile IOException refusal;
        final BlockingQueue<Integer> failed = new LinkedBlockingQueue<>();

        /** Whether something is in work from the moment on at which the first child is ready. */
        volatile boolean works;

        private volatile boolean began;
        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public void ready() {
            began = true;
        }

        @Override
        public boolean isInWork() {
            if (began && works) {
                looks.incrementAndGet();
            }
            return began && works;
        }

        @Override
        public void stop() {
            works = false;
        }

        void awaitLooks(int number) {
            while (looks.get() < number) {
                Thread.onSpinWait();
            }
        }

        Child next() throws InterruptedException {
            return launched.take();
        }

        @Override
        public Process launch(int slot, int generation) throws IOException {
            if (refusal != null) {
                failed.add(slot);
                throw refusal;
            }
            if (wild != null) {
                failed.add(slot);
                throw wild;
            }
            Child child = new Child(slot, generation, new ProcessBuilder(command).start());
            children.add(child);
            launched.add(child);
            return child.process();
        }

        @Override
        public Optional<String> lastWords(int slot) {
            if (unreadable != null) {
                throw unreadable;
            }
            return lastWords;
        }

        @Override
        public void forget(int generation) {
            forgotten.add(generation);
        }

        @Override
        public void clear(int slot) {
            cleared.add(slot);
        }

        @Override
        public ChildLauncher renewed(int generation) throws IOException {
            if (renewal != null) {
                throw renewal;
            }
            if (renewalError != null) {
                throw renewalError;
            }
            renewals.incrementAndGet();
            return this;
        }
    }
}
