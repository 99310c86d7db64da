package io.github.jettympm.prefork;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.scoreboard.Scoreboard;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file as a crash, another version or a child that has gone wild could leave it: it is refused with a clear error, or read
 * without any harm to the reader. {@code -Dfuzz.seconds=600} looks for longer, {@code -Dfuzz.seed=N} repeats.
 * It takes a minute, and so is in the module whose tests take least.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("once")
class ScoreboardFuzzTest {
    private static final long USUAL_SECONDS = 60;
    private static final long SECONDS = Long.getLong("fuzz.seconds", USUAL_SECONDS);
    private static final long SEED = Long.getLong("fuzz.seed", SECONDS == USUAL_SECONDS ? 1 : System.nanoTime());
    private static final int[] INTERESTING = {
        0, 1, -1, 2, 3, 5, 7, 63, 64, 1 << 16, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x4A4D504D
    };

    @TempDir
    private Path directory;

    @Test
    void whateverIsInTheFileItIsRefusedOrRead() throws Exception {
        byte[] good = goodFile();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long inputs = 0;
        long opened = 0;
        for (; System.nanoTime() - end < 0; inputs++) {
            Random random = new Random(SEED + inputs);
            Path file = directory.resolve("fuzzed");
            Files.write(file, mutated(good, random), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            opened += read(file, SEED + inputs) ? 1 : 0;
        }
        System.out.printf("scoreboard: %d files, %d of them were opened, seed %d%n", inputs, opened, SEED);

        assertTrue(
                opened > inputs / 10 && opened < inputs, "the fuzzer only knocks at the door, or never finds it shut");
    }

    private byte[] goodFile() throws IOException {
        try (Scoreboard scoreboard = Scoreboard.create(directory.resolve("good"), 3)) {
            for (int slot = 0; slot < 3; slot++) {
                scoreboard.begin(slot, 1);
                scoreboard.threads(slot, 1, 0);
                scoreboard.traffic(slot).connectionTaken("127.0.0.1", 1);
                scoreboard.traffic(slot).requestBegins("GET", "/a", 2);
            }
            return Files.readAllBytes(scoreboard.file());
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int header = random.nextInt(4) == 0 ? 0 : 64; // most of the time what lies behind the door
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            int at = header + random.nextInt(bytes.length - header - Long.BYTES);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 ->
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.nativeOrder())
                            .putInt(at / 4 * 4, INTERESTING[random.nextInt(INTERESTING.length)]);
                default -> Arrays.fill(bytes, at, at + random.nextInt(bytes.length - at), (byte) random.nextInt());
            }
        }
        boolean resized = random.nextInt(8) == 0;
        return resized ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length)) : bytes;
    }

    /** Whether it could be opened. */
    private static boolean read(Path file, long seed) {
        Scoreboard scoreboard;
        try {
            scoreboard = Scoreboard.open(file);
        } catch (IOException e) {
            assertTrue(e.getMessage().contains(file.toString()), () -> "the error names no file, seed " + seed);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("opened with -Dfuzz.seed=" + seed, e);
        }
        for (int slot = 0; slot < scoreboard.slots(); slot++) {
            readAll(scoreboard, slot, seed);
            readAll(scoreboard.traffic(slot), slot, seed);
        }
        return true;
    }

    /** Calls all that only reads, with the slot where one is asked for. */
    private static void readAll(Object source, int slot, long seed) {
        for (Method getter : getters(source.getClass())) {
            Object[] arguments = getter.getParameterCount() == 0 ? new Object[0] : new Object[] {slot};
            try {
                checkPrintable(getter.invoke(source, arguments), seed);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof IllegalStateException)) { // which says that a code is unknown
                    throw new AssertionError(getter + " with -Dfuzz.seed=" + seed, e.getCause());
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<Method> getters(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getDeclaringClass() == type && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() != void.class)
                .filter(method -> method.getParameterCount() == 0
                        || method.getParameterCount() == 1 && method.getParameterTypes()[0] == int.class)
                .collect(Collectors.toList());
    }

    private static void checkPrintable(Object result, long seed) {
        if (result instanceof String text) {
            assertTrue(
                    text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e),
                    () -> "'" + text + "' may forge a line of a log, -Dfuzz.seed=" + seed);
        }
    }
}
