package io.github.jettympm.supervisor;

import io.github.jettympm.scoreboard.SlotState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides which slots need a child when the number of children is fixed: all that are open. While no child is ready
 * only one is started, the pilot: it shows whether the configuration and the applications boot at all.
 */
final class FixedPool {
    private FixedPool() {}

    /**
     * Plans the next step.
     *
     * @param slots state of each slot
     * @return the slots to start a child in
     */
    static List<Integer> plan(List<SlotState> slots) {
        List<Integer> open = IntStream.range(0, slots.size())
                .filter(slot -> slots.get(slot) == SlotState.OPEN)
                .boxed()
                .toList();
        if (slots.contains(SlotState.READY)) {
            return open;
        }
        return slots.contains(SlotState.STARTING)
                ? List.of()
                : open.stream().limit(1).toList();
    }
}
