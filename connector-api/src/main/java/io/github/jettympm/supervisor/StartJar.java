package io.github.jettympm.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jetty's {@code start.jar}: it makes the command line of a server out of modules and their files. */
final class StartJar {
    /** What the final command line starts. */
    static final String MAIN_CLASS = "org.eclipse.jetty.xml.XmlConfiguration";

    /** A second of processor time, so it may be a slow machine, but none that stands still. */
    private static final Duration DRY_RUN = Duration.ofSeconds(60);

    /** More than the kernel takes as a command line. */
    private static final int MOST_BYTES = 4 << 20;

    private static final String OWN_MAIN_CLASS = "org.eclipse.jetty.start.Main";
    private static final String FILE = "start.jar";

    /** It begins with the path of the virtual machine, in quotes if they are needed. */
    private static final Pattern COMMAND = Pattern.compile("^['\"]?/.*/java\\b", Pattern.MULTILINE);

    /** What the main class takes: {@code name=value}, files of configuration and of properties. */
    private static final Pattern FILE_OR_PROPERTY = Pattern.compile("(?i).*=.*|.*\\.(xml|properties)", Pattern.DOTALL);

    private StartJar() {}

    /** Whether a command line starts it, be it by its main class. */
    static boolean starts(JavaCommand command) {
        return command.mainClass().equals(OWN_MAIN_CLASS)
                || Path.of(command.jar()).endsWith(FILE);
    }

    /**
     * Asks it for the final command line ({@code --dry-run}), with everything that it takes from its modules.
     *
     * @param command starts it
     * @throws IOException if it fails, or has not answered within a minute
     */
    static List<String> finalCommand(JavaCommand command) throws IOException {
        return finalCommand(command, DRY_RUN);
    }

    static List<String> finalCommand(JavaCommand command, Duration limit) throws IOException {
        List<String> question = question(command);
        ProcessBuilder builder = new ProcessBuilder(question).redirectError(ProcessBuilder.Redirect.INHERIT);
        OptionVariables.remove(OptionFilter.QUESTION, builder.environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String answer = answer(process, limit);
            return withEmptyValues(ShellWords.split(withoutPreamble(answer)));
        } catch (TimeoutException e) {
            throw new IOException(noneFrom(question) + ": not ready after " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(noneFrom(question) + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while start.jar printed the final command line", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Asks without what belongs to the parent alone: its ports are taken. */
    static List<String> question(JavaCommand command) {
        List<String> main = new ArrayList<>(OptionFilter.QUESTION.of(command.main()));
        main.add(1, "--dry-run");
        return command.withOptions(OptionFilter.QUESTION.of(command.options()))
                .withMain(main)
                .words();
    }

    /** Virtual machines and their agents may say something on standard output before it answers. */
    static String withoutPreamble(String answer) {
        Matcher command = COMMAND.matcher(answer);
        return command.find() ? answer.substring(command.start()) : answer;
    }

    private static String noneFrom(List<String> question) {
        return "no final command line from: " + String.join(" ", question);
    }

    /** In a thread of its own, since the output of a process ends when the last process that has it does, and that may be never. */
    private static String answer(Process process, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        FutureTask<String> answer = new FutureTask<>(() -> {
            byte[] printed = process.getInputStream().readNBytes(MOST_BYTES);
            if (printed.length == MOST_BYTES) {
                throw new IOException("it does not end within " + MOST_BYTES + " bytes");
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("exit status " + status);
            }
            String words = new String(printed, StandardCharsets.UTF_8).strip();
            if (words.isEmpty()) {
                throw new IOException("it has printed nothing");
            }
            return words;
        });
        Thread reader = new Thread(answer, "mpm-start-jar");
        reader.setDaemon(true);
        reader.start();
        return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
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
