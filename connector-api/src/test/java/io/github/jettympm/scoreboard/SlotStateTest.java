package io.github.jettympm.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotStateTest {
    @ParameterizedTest
    @CsvSource({"OPEN,0,.", "STARTING,1,S", "READY,2,_", "DRAINING,3,G"})
    void codesAndLettersNeverChange(SlotState state, int code, char letter) {
        assertEquals(code, state.code());
        assertEquals(letter, state.letter());
        assertEquals(state, SlotState.of(code));
    }

    @Test
    void lettersTellStatesApart() {
        long letters = Arrays.stream(SlotState.values())
                .map(SlotState::letter)
                .distinct()
                .count();

        assertEquals(SlotState.values().length, letters);
    }

    @Test
    void unknownCodeIsThatOfNoProcess() {
        assertEquals(SlotState.OPEN, SlotState.of(4));
        assertEquals(SlotState.OPEN, SlotState.of(-1));
    }
}
