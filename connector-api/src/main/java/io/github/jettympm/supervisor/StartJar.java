package io.github.jettympm.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Jetty's {@code start.jar}: it makes the command line of a server out of modules and their files. */
final class StartJar {
    /** What the final command line starts. */
    static final String MAIN_CLASS = "org.eclipse.jetty.xml.XmlConfiguration";

    private static final long DRY_RUN_SECONDS = 60;

    /** What the main class takes: {@code name=value}, files of configuration and of properties. */
    private static final Pattern FILE_OR_PROPERTY = Pattern.compile("(?i).*=.*|.*\\.(xml|properties)", Pattern.DOTALL);

    private StartJar() {}

    /** Whether a command line starts it. */
    static boolean starts(List<String> command) {
        return index(command) >= 0;
    }

    /** Index of its path behind {@code -jar}, or -1. */
    static int index(List<String> command) {
        int jar = command.indexOf("-jar") + 1;
        boolean start =
                jar > 0 && jar < command.size() && Path.of(command.get(jar)).endsWith("start.jar");
        return start ? jar : -1;
    }

    /**
     * Asks it for the final command line ({@code --dry-run}), with everything that it takes from its modules.
     *
     * @param command starts it
     * @throws IOException if it does not answer within {@value #DRY_RUN_SECONDS} seconds
     */
    static List<String> finalCommand(List<String> command) throws IOException {
        List<String> question = new ArrayList<>(command);
        question.add(index(question) + 1, "--dry-run");
        Process process = new ProcessBuilder(question)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        awaitSuccess(process, question);
        return withEmptyValues(ShellWords.split(answer.strip()));
    }

    private static void awaitSuccess(Process process, List<String> question) throws IOException {
        try {
            boolean ended = process.waitFor(DRY_RUN_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("no final command line from: " + String.join(" ", question));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while start.jar printed the final command line", e);
        }
    }

    /**
     * Puts back what Jetty's dry run leaves out: it prints a property that is set to nothing as its name alone, which
     * its own main class then refuses.
     */
    static List<String> withEmptyValues(List<String> command) {
        List<String> complete = new ArrayList<>(command);
        int i = command.indexOf(MAIN_CLASS) + 1;
        while (i > 0 && i < complete.size()) {
            String argument = complete.get(i);
            boolean option = argument.startsWith("-"); // each has a value behind it
            if (!option && !FILE_OR_PROPERTY.matcher(argument).matches()) {
                complete.set(i, argument + "=");
            }
            i += option ? 2 : 1;
        }
        return complete;
    }
}
