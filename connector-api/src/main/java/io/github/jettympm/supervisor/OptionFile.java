package io.github.jettympm.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files with options that a command line names: argument files ({@code java @file}), which the launcher reads, and {@code
 * -XX:VMOptionsFile}, which the virtual machine reads.
 */
final class OptionFile {
    private static final String ARGUMENT_FILE = "@";
    private static final String NO_ARGUMENT_FILES = "--disable-@files";
    private static final String OPTIONS_FILE = "-XX:VMOptionsFile=";

    private OptionFile() {}

    /**
     * Puts what is in the files in their places.
     *
     * @param command a command line
     * @return one that means the same, without files
     * @throws IOException if a file cannot be read any more; the message names it
     */
    static JavaCommand expand(List<String> command) throws IOException {
        List<String> words = new ArrayList<>();
        boolean names = true;
        for (String word : command) {
            names = names && !word.equals(NO_ARGUMENT_FILES) && !hasMain(words);
            if (names && word.startsWith(ARGUMENT_FILE)) {
                words.addAll(argumentFile(word));
            } else {
                words.add(word);
            }
        }
        JavaCommand expanded = JavaCommand.parse(words);
        List<String> options = new ArrayList<>();
        for (String option : expanded.options()) {
            options.addAll(optionsFile(option).orElse(List.of(option)));
        }
        return expanded.withOptions(options);
    }

    /** Behind the main class there are its own arguments. */
    private static boolean hasMain(List<String> words) {
        return !words.isEmpty() && !JavaCommand.parse(words).main().isEmpty();
    }

    /**
     * What a word of a variable stands for.
     *
     * @param word the word
     * @param ofLauncher whether the launcher reads the variable, and not the virtual machine
     * @return empty if it names no file
     * @throws IOException if the file cannot be read any more
     */
    static Optional<List<String>> named(String word, boolean ofLauncher) throws IOException {
        return ofLauncher && word.startsWith(ARGUMENT_FILE) ? Optional.of(argumentFile(word)) : optionsFile(word);
    }

    private static Optional<List<String>> optionsFile(String option) throws IOException {
        if (!option.startsWith(OPTIONS_FILE)) {
            return Optional.empty();
        }
        String text = read(option, option.substring(OPTIONS_FILE.length()));
        return Optional.of(OptionWord.of(text).stream().map(OptionWord::value).toList());
    }

    private static List<String> argumentFile(String word) throws IOException {
        String name = word.substring(1);
        if (name.startsWith(ARGUMENT_FILE)) {
            return List.of(name); // is a word that begins with the sign
        }
        return ArgumentFile.words(read(word, name));
    }

    private static String read(String word, String file) throws IOException {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IOException(
                    word + " names a file with options for children, too, and it cannot be read; keep it as long as the"
                            + " server runs",
                    e);
        }
    }
}
