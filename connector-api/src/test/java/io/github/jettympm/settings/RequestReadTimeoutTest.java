package io.github.jettympm.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReadTimeoutTest {
    private static final String DEFAULT = "handshake=20 header=20-40,MinRate=500 body=20,MinRate=500";
    private static final long SECOND = 1_000_000_000;

    private static RequestReadTimeout parse(String text) {
        return RequestReadTimeout.parse("jetty.worker.requestReadTimeout", text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", DEFAULT, "body=20,minrate=500  HEADER=20-40,MINRATE=500"})
    void defaultsAreThoseOfHttpdAndAHandshake(String text) {
        assertEquals(DEFAULT, parse(text).toString());
    }

    @Test
    void stageThatIsNotNamedHasItsDefault() {
        assertEquals(
                "handshake=20 header=5 body=20,MinRate=500", parse("header=5").toString());
    }

    @Test
    void stageMayBeUnlimited() {
        assertFalse(parse("body=0").body().isLimited());
        assertTrue(parse("body=0").header().isLimited());
        assertEquals(Long.MAX_VALUE, parse("body=0").body().limitNanos(1));
    }

    @Test
    void limitGrowsWithTheBytes() {
        RequestReadTimeout.Stage header = parse("header=10-30,MinRate=100").header();

        assertEquals(10 * SECOND, header.limitNanos(0));
        assertEquals(10 * SECOND + SECOND / 2, header.limitNanos(50));
        assertEquals(30 * SECOND, header.limitNanos(2_000));
        assertEquals(30 * SECOND, header.limitNanos(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20",
                "header",
                "header=",
                "header=-1",
                "header=1.5",
                "header=20,MinRate",
                "header=20 ,MinRate=5",
                "headers=20",
                "header=20-40-60",
                "header=1234567"
            })
    void whatIsNotUnderstoodIsNamed(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage();

        assertTrue(message.startsWith("jetty.worker.requestReadTimeout=" + text + " is not understood"), message);
        assertTrue(message.contains(DEFAULT), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header=20-40", "header=40-20,MinRate=5", "header=20-20,MinRate=5", "body=0,MinRate=5"})
    void whatMakesNoSenseIsNamed(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage();

        assertTrue(
                message.startsWith("jetty.worker.requestReadTimeout: " + text.toLowerCase(java.util.Locale.ROOT)),
                message);
    }
}
