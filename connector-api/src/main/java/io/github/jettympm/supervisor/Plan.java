package io.github.jettympm.supervisor;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done about the number of children.
 *
 * @param start how many to start
 * @param retire slots of children to ask to end
 * @param report what the operator should know, with the numbers and the remedy
 */
record Plan(int start, List<Integer> retire, Optional<String> report) {
    static final Plan NOTHING = new Plan(0, List.of(), Optional.empty());

    static Plan start(int children) {
        return new Plan(children, List.of(), Optional.empty());
    }

    static Plan retire(int slot) {
        return new Plan(0, List.of(slot), Optional.empty());
    }

    static Plan report(String message) {
        return new Plan(0, List.of(), Optional.of(message));
    }
}
