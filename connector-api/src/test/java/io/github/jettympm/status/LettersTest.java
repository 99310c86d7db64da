package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.SlotState;
import org.junit.jupiter.api.Test;

class LettersTest {
    @Test
    void eachSlotHasALetterForEachRequestThatItCanShow() {
        assertEquals("_WG.", Letters.of(Statuses.prefork()));
        assertEquals("_W__", Letters.of(Statuses.event()));
    }

    @Test
    void processThatEndsHasOneLetterAndOneForWhateverItStillServes() {
        var ends = Statuses.process(0, SlotState.DRAINING, 0, 1, Statuses.row(2, Activity.WRITING, "GET /"));

        assertEquals("G.G.", Letters.of(ends, 4));
    }

    @Test
    void processThatStartsServesNothing() {
        assertEquals("SS", Letters.of(Statuses.process(0, SlotState.STARTING, 0, 0), 2));
    }
}
