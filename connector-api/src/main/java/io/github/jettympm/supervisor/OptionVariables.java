package io.github.jettympm.supervisor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The environment variables that give options to each virtual machine, and that nobody sees on a command line. */
final class OptionVariables {
    /** The virtual machine reads it before all else, so all else outdoes it. */
    private static final String BEFORE_LAUNCHER = "JAVA_TOOL_OPTIONS";

    /** The launcher puts it in front of what is on the command line. */
    private static final String OF_LAUNCHER = "JDK_JAVA_OPTIONS";

    /** The virtual machine reads it last, so it outdoes all else. */
    private static final String LAST = "_JAVA_OPTIONS";

    private OptionVariables() {}

    /**
     * All options that a virtual machine has, in its order: of two that contradict each other the later one counts.
     *
     * @param environment what it is started with
     * @param command the options of its command line
     * @throws IOException if a file that a variable names cannot be read
     */
    static List<String> around(Map<String, String> environment, List<String> command) throws IOException {
        List<String> all = new ArrayList<>();
        all.addAll(meanings(environment, BEFORE_LAUNCHER));
        all.addAll(meanings(environment, OF_LAUNCHER));
        all.addAll(command);
        all.addAll(meanings(environment, LAST));
        return all;
    }

    private static List<String> meanings(Map<String, String> environment, String variable) throws IOException {
        List<String> meanings = new ArrayList<>();
        for (OptionWord word : OptionWord.of(environment.getOrDefault(variable, ""))) {
            meanings.addAll(
                    OptionFile.named(word.value(), variable.equals(OF_LAUNCHER)).orElse(List.of(word.value())));
        }
        return meanings;
    }

    /**
     * Takes what may not be passed on out of the environment of a process that is about to be started. A variable without that stays
     * as it is.
     *
     * @param filter what may be passed on
     * @param environment names and values
     * @throws IOException if a file that a variable names cannot be read
     */
    static void remove(OptionFilter filter, Map<String, String> environment) throws IOException {
        for (String variable : List.of(BEFORE_LAUNCHER, OF_LAUNCHER, LAST)) {
            List<OptionWord> words = OptionWord.of(environment.getOrDefault(variable, ""));
            List<OptionWord> left = new ArrayList<>();
            for (OptionWord word : words) {
                left.addAll(passed(filter, word, variable.equals(OF_LAUNCHER)));
            }
            if (left.isEmpty()) {
                environment.remove(variable);
            } else if (!left.equals(words)) {
                environment.put(variable, left.stream().map(OptionWord::raw).collect(Collectors.joining(" ")));
            }
        }
    }

    private static List<OptionWord> passed(OptionFilter filter, OptionWord word, boolean ofLauncher)
            throws IOException {
        Optional<List<String>> file = OptionFile.named(word.value(), ofLauncher);
        List<String> meanings = file.orElse(List.of(word.value()));
        if (meanings.stream().allMatch(filter::passes)) {
            return List.of(word);
        }
        return filter.of(meanings).stream().map(OptionWord::meaning).toList();
    }
}
