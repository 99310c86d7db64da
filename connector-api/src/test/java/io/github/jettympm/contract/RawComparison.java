package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each of the {@link RawCases} is answered as the stock connector answers it, byte for byte, and the connection ends when it does
 * there. One server answers them all.
 *
 * <p>What is not compared differs from one time to the next with the stock connector alone: whether the end of a connection with
 * input that the server has not read is seen as an end or as a reset; over TLS, what is left of the answer to a request that
 * is too large, since a client that cannot write cannot read there either; and half a connection of TLS.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"CLEAR_TEXT", "TLS_1_3"})
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class RawComparison {
    /** Bytes that go out in one record of TLS, and so with one write. */
    private static final int RECORD = 16 * 1024;

    /** How often the stock connector is asked again: whether a client gets an answer to what it has sent behind an error is a race. */
    private static final int RACES = 100;

    /** What the stock connector answers is the same for all connectors of a module. */
    private static final Map<String, String> EXPECTED = new ConcurrentHashMap<>();

    @Parameter
    Transport transport;

    private Site stock;

    /** Starts the server that is tested, and gives its port. */
    abstract int start(Transport clients) throws Exception;

    /** Ends it. */
    abstract void stop() throws Exception;

    @TestFactory
    Stream<DynamicTest> answersAsTheStockConnectorDoes() throws Exception {
        stock = new Site((server, factories) -> new ServerConnector(server, factories), transport);
        stock.start(ContractServer.handler());
        int port = start(transport);

        return RawCases.all().stream()
                .filter(this::isComparable)
                .map(raw -> dynamicTest(raw.name(), () -> compare(raw, port)));
    }

    private boolean isComparable(RawCase raw) {
        return !transport.isSecure() || raw.lastStep().length < RECORD && raw.then() != RawCase.Then.HALF_CLOSE;
    }

    private void compare(RawCase raw, int port) throws Exception {
        String key = transport + raw.name();
        if (!EXPECTED.containsKey(key)) {
            EXPECTED.put(key, RawExchange.of(raw, transport, stock.connector().getLocalPort()));
        }
        String expected = EXPECTED.get(key);

        String answers = RawExchange.of(raw, transport, port);
        for (int again = 0; again < RACES && !answers.equals(expected); again++) {
            expected = RawExchange.of(raw, transport, stock.connector().getLocalPort());
        }
        assertEquals(expected, answers);
        assertFalse(expected.endsWith(Client.STILL_OPEN), "the case does not end");
    }

    @AfterEach
    void stopServers() throws Exception {
        stock.close();
        stop();
    }
}
