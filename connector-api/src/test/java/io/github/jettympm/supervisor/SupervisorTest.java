package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.scoreboard.SlotState;
import io.github.jettympm.settings.PoolSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisorTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Reads from a pipe that this process holds, so it ends when it is told to, or when this process does. */
    private static final List<String> CHILD = List.of("cat");

    @TempDir
    private Path directory;

    private final FakeLauncher launcher = new FakeLauncher();
    private Scoreboard scoreboard;
    private Supervisor supervisor;

    @BeforeEach
    void createScoreboard() throws IOException {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 3);
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
        supervisor = new Supervisor(
                new PoolSettings("jetty.test", children, startTimeout, drainTimeout, List.of()), scoreboard, launcher);
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

    private static String failure(CompletableFuture<Void> started) {
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
    void childThatDiesIsReplaced() throws Exception {
        List<Child> children = startReady(2, LONG);

        children.get(1).process().destroyForcibly();
        Child next = launcher.next();

        assertEquals(1, next.slot());
        assertTrue(launcher.cleared.contains(1));
        assertTrue(children.get(0).process().isAlive());
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

        String message = failure(start(3, LONG, LONG));

        Child pilot = launcher.children.get(0);
        assertEquals(
                "child " + pilot.process().pid() + " (slot 0) ended after 0 s with status 70 (boot failed)"
                        + " before it was ready; its messages say why",
                message);
        assertEquals(1, launcher.children.size());
        assertEquals(List.of(0), launcher.cleared);
        assertEquals(SlotState.OPEN, scoreboard.state(0));
    }

    @Test
    void pilotThatIsNotReadyInTimeFailsTheStart() throws Exception {
        CompletableFuture<Void> started = start(3, SHORT, LONG);

        failure(started);

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
        String fifo = directory.resolve("never-written").toString();
        assertEquals(0, new ProcessBuilder("mkfifo", fifo).start().waitFor());
        launcher.command = List.of("sh", "-c", "trap '' TERM; echo deaf; read line < " + fifo);
        List<Child> children = startReady(1, SHORT);
        BufferedReader output = children.get(0).process().inputReader();
        assertEquals("deaf", output.readLine());

        StopResult result = supervisor.stop();

        assertEquals(StopResult.FORCED, result);
        assertFalse(children.get(0).process().isAlive());
        assertEquals(List.of(0), launcher.cleared);
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

    /** A process that was launched for a slot. */
    private record Child(int slot, Process process) {}

    /** Starts small processes in place of virtual machines. */
    private static final class FakeLauncher implements ChildLauncher {
        final BlockingQueue<Child> launched = new LinkedBlockingQueue<>();
        final List<Child> children = new CopyOnWriteArrayList<>();
        final List<Integer> cleared = new CopyOnWriteArrayList<>();
        volatile List<String> command = CHILD;

        Child next() throws InterruptedException {
            return launched.take();
        }

        @Override
        public Process launch(int slot, int generation) throws IOException {
            Child child = new Child(slot, new ProcessBuilder(command).start());
            children.add(child);
            launched.add(child);
            return child.process();
        }

        @Override
        public void clear(int slot) {
            cleared.add(slot);
        }
    }
}
