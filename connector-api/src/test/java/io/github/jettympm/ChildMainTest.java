package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.jettympm.protocol.ChildEnvironment;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

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
