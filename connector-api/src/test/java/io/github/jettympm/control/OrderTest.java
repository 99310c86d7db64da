package io.github.jettympm.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.jettympm.control.Order.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    private static Order parse(String line) throws ParseException {
        return Order.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }

    @Test
    void optionsMayStandAnywhere() throws ParseException {
        var order = new Order(Verb.DRAIN, Path.of("/srv/shop"), 3, Optional.of(1), Duration.ofSeconds(5), true);

        assertEquals(order, parse("drain 3 --base /srv/shop --connector 1 --timeout 5 --json"));
        assertEquals(order, parse("--json --base=/srv/shop --connector=1 --timeout=5 drain 3"));
    }

    @Test
    void whatIsNotSaidHasADefault() throws ParseException {
        var order = parse("stop --base /srv/shop/../shop");

        assertEquals(
                new Order(Verb.STOP, Path.of("/srv/shop"), 0, Optional.empty(), Duration.ofSeconds(60), false), order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "drain --help"})
    void helpNeedsNothingElse(String line) throws ParseException {
        assertEquals(Verb.HELP, parse(line).verb());
    }

    @ParameterizedTest
    @CsvSource({
        "'', a command is missing",
        "start, there is no command start",
        "drain, drain needs the slot of a child",
        "drain all, slot all is no number from 0 to 2147483647",
        "drain 0 1, too many words: 1",
        "status now, too many words: now",
        "stop --timeout 0x5, --timeout 0x5 is no number from 0 to 86400",
        "stop --timeout 86401, --timeout 86401 is no number from 0 to 86400",
        "status --jsn, Unrecognized option: --jsn",
        "status --js, Unrecognized option: --js",
        "status --base, Missing argument for option: base",
    })
    void whatIsNotUnderstoodIsSaid(String line, String message) {
        var e = assertThrows(ParseException.class, () -> parse(line));

        assertEquals(message, e.getMessage());
    }

    @Test
    void helpNamesCommandsOptionsAndExitStatuses() {
        String help = Order.help();

        for (String word :
                new String[] {"status", "restart", "drain SLOT", "stop", "--base", "--json", "--timeout", "3 no"}) {
            assertTrue(help.contains(word), help);
        }
    }
}
