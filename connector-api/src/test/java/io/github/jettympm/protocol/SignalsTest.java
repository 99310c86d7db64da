package io.github.jettympm.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With SIGWINCH, which does nothing by default. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SignalsTest {
    private static final String HARMLESS = "WINCH";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private static void send() throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        assertEquals(0, new ProcessBuilder("kill", "-" + HARMLESS, self).start().waitFor());
    }

    @Test
    void formerHandlerComesBack() throws Exception {
        Signals.Former none = Signals.handle(HARMLESS, () -> heard.add("first"));
        send();
        assertEquals("first", heard.take());

        Signals.Former first = Signals.handle(HARMLESS, () -> heard.add("second"));
        send();
        assertEquals("second", heard.take());

        first.restore();
        send();
        assertEquals("first", heard.take());
        none.restore();
    }
}
