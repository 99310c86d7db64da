package io.github.jettympm.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command line of the {@code java} launcher, taken apart as the launcher does it (java.c of the JDK).
 *
 * @param program what is started
 * @param options those of the virtual machine, each in one word: {@code --add-opens a/b=c} as {@code --add-opens=a/b=c}
 * @param selection {@code -jar}, or {@code -cp} and the class path, or nothing
 * @param main the main class, jar or module, and its arguments; empty if there is none
 */
record JavaCommand(String program, List<String> options, List<String> selection, List<String> main) {
    private static final String JAR = "-jar";

    /** With an equals sign as with a blank before the value; the short ones by their long names. */
    private static final Map<String, String> WITH_VALUE = Map.ofEntries(
            Map.entry("-p", "--module-path"),
            Map.entry("--module-path", "--module-path"),
            Map.entry("--upgrade-module-path", "--upgrade-module-path"),
            Map.entry("--add-modules", "--add-modules"),
            Map.entry("--limit-modules", "--limit-modules"),
            Map.entry("--add-exports", "--add-exports"),
            Map.entry("--add-opens", "--add-opens"),
            Map.entry("--add-reads", "--add-reads"),
            Map.entry("--patch-module", "--patch-module"),
            Map.entry("--enable-native-access", "--enable-native-access"),
            Map.entry("--source", "--source"));

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");
    private static final String CLASS_PATH_WITH_VALUE = "--class-path=";
    private static final Set<String> MODULE = Set.of("-m", "--module");

    JavaCommand {
        options = List.copyOf(options);
        selection = List.copyOf(selection);
        main = List.copyOf(main);
    }

    /**
     * Takes a command line apart.
     *
     * @param words the program first
     */
    static JavaCommand parse(List<String> words) {
        List<String> options = new ArrayList<>();
        List<String> selection = List.of();
        int i = 1;
        while (i < words.size() && words.get(i).startsWith("-") && !startsModule(words.get(i))) {
            String word = words.get(i++);
            boolean hasNext = i < words.size();
            if (CLASS_PATH.contains(word) && hasNext) {
                selection = orJar(selection, words.get(i++));
            } else if (word.startsWith(CLASS_PATH_WITH_VALUE)) {
                selection = orJar(selection, word.substring(CLASS_PATH_WITH_VALUE.length()));
            } else if (word.equals(JAR)) {
                selection = List.of(JAR);
            } else if (WITH_VALUE.containsKey(word) && hasNext) {
                options.add(WITH_VALUE.get(word) + "=" + words.get(i++));
            } else {
                options.add(word);
            }
        }
        return new JavaCommand(words.get(0), options, selection, words.subList(i, words.size()));
    }

    /** A jar has a class path of its own, and no other counts beside it. */
    private static List<String> orJar(List<String> selection, String classPath) {
        return selection.contains(JAR) ? selection : List.of("-cp", classPath);
    }

    /** Its value is a class with a main method, so the arguments stand behind it as behind any main class. */
    private static boolean startsModule(String word) {
        return MODULE.contains(word) || word.startsWith("--module=");
    }

    /** The main class, or {@code -m}; empty if there is none, or a jar instead. */
    String mainClass() {
        return isJar() || main.isEmpty() ? "" : main.get(0);
    }

    /** The jar that is started; empty if it is a class. */
    String jar() {
        return isJar() && !main.isEmpty() ? main.get(0) : "";
    }

    private boolean isJar() {
        return selection.contains(JAR);
    }

    JavaCommand withOptions(List<String> others) {
        return new JavaCommand(program, others, selection, main);
    }

    JavaCommand withMain(List<String> other) {
        return new JavaCommand(program, options, selection, other);
    }

    /** The command line; the class path stands behind all other options. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(program);
        words.addAll(options);
        words.addAll(selection);
        words.addAll(main);
        return words;
    }
}
