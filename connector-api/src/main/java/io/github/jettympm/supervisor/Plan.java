package io.github.jettympm.supervisor;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done about the number of children.
 *
 * @param start how many to start
 * @param retire slots of children to ask to end
 * @param limited whether more are needed than may be
 * @param report what the operator should know, with the numbers and the remedy
 */
record Plan(int start, List<Integer> retire, boolean limited, Optional<String> report) {
    static final Plan NOTHING = new Plan(0, List.of(), false, Optional.empty());

    static Plan start(int children) {
        return new Plan(children, List.of(), false, Optional.empty());
    }

    static Plan retire(int slot) {
        return new Plan(0, List.of(slot), false, Optional.empty());
    }

    /** More are needed than may be. */
    static Plan limited(Optional<String> report) {
        return new Plan(0, List.of(), true, report);
    }
}
