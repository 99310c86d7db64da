package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.WorkDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ChildMainTest {
    @Test
    void parentKnowsItByItsName() {
        assertEquals(ChildMain.class.getName(), ChildEnvironment.MAIN_CLASS);
    }

    @Test
    void startsTheMainClassThatItIsGiven() throws Throwable {
        ChildMain.main(Other.class.getName(), "a", "b=c");

        assertArrayEquals(new String[] {"a", "b=c"}, Other.ARGUMENTS.get());
    }

    @Test
    void failsAsTheMainClassThatItIsGiven() {
        assertEquals(
                "on purpose",
                assertThrows(IOException.class, () -> ChildMain.main(Failing.class.getName()))
                        .getMessage());
        assertThrows(ClassNotFoundException.class, () -> ChildMain.main("no.such.Main"));
    }

    /** A shell is the parent, and its child never comes to start a server. */
    @Test
    @Timeout(120)
    void childThatHangsBeforeItsServerStartsEndsWithItsParent(@TempDir Path directory) throws Exception {
        WorkDirectory work = WorkDirectory.of(
                Files.createDirectory(directory.resolve("work")).resolve("scoreboard"));
        work.createSlot(0);
        String script = "started=$(cut -d ' ' -f 22 /proc/$$/stat);"
                + " export JETTY_MPM_CHILD=0::0:1:$$:$started:false:$1/scoreboard;"
                + " \"$2\" -cp \"$3\" \"$4\" \"$5\" & wait";
        Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        "sh",
                        work.path().toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        ChildMain.class.getName(),
                        Hanging.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            try {
                parent.destroyForcibly();

                child.onExit().get(60, TimeUnit.SECONDS);
                assertFalse(Files.exists(work.path()));
            } finally {
                child.destroyForcibly();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    /** A program that says its number and never ends. */
    public static final class Hanging {
        private Hanging() {}

        public static void main(String... arguments) throws InterruptedException {
            System.out.println(ProcessHandle.current().pid());
            Thread.currentThread().join();
        }
    }

    /** A program. */
    public static final class Other {
        static final AtomicReference<String[]> ARGUMENTS = new AtomicReference<>();

        private Other() {}

        public static void main(String... arguments) {
            ARGUMENTS.set(arguments);
        }
    }

    /** A program that does not start. */
    public static final class Failing {
        private Failing() {}

        public static void main(String... arguments) throws IOException {
            throw new IOException("on purpose");
        }
    }
}
