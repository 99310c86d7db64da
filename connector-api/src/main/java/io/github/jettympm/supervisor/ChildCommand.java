package io.github.jettympm.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the command line that children are started with.
 *
 * <p>A parent that was started through Jetty's {@code start.jar} asks it once for its final command line ({@code
 * --dry-run}), so that no child goes through the resolution of modules again: that would cost each of them the start
 * of a second virtual machine. Any other parent (embedded, or itself started from the final command line, as {@code
 * jetty.sh} does) gives its own command line to its children.
 */
public final class ChildCommand {
    private static final Path OWN_COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final long DRY_RUN_SECONDS = 60;

    /** Variables that give options to a virtual machine that nobody sees on a command line. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** What exists once per machine stays with the parent: ports to stop, debug and manage it, its pid and state files. */
    private static final Pattern PARENT_ONLY = Pattern.compile("-DSTOP\\..*|STOP\\..*|-agentlib:jdwp.*|-Xrunjdwp.*"
            + "|-Dcom\\.sun\\.management\\.jmxremote.*|.*[/\\\\]jetty-(pid|state|jmx-remote)\\.xml");

    /** What the main class of Jetty takes: {@code name=value}, files of configuration and of properties. */
    private static final Pattern FILE_OR_PROPERTY = Pattern.compile("(?i).*=.*|.*\\.(xml|properties)", Pattern.DOTALL);

    private ChildCommand() {}

    /**
     * The command line of a child of this process.
     *
     * @param jvmArgs options of the Java virtual machine that only children get; they come after the parent's, and the
     *     defaults before those
     * @return the command and its arguments
     * @throws IOException if this process's command line cannot be read, or {@code start.jar} does not answer
     */
    public static List<String> discover(List<String> jvmArgs) throws IOException {
        List<String> own = ownCommandLine();
        int startJar = startJarIndex(own);
        List<String> child = forChild(startJar < 0 ? own : dryRun(own, startJar), jvmArgs);
        List<String> others = new ArrayList<>(child);
        others.addAll(optionsOfEnvironment());
        child.addAll(1, ChildOptions.defaults(others, Runtime.version().feature()));
        return child;
    }

    private static List<String> optionsOfEnvironment() {
        return OPTION_VARIABLES.stream()
                .map(variable -> System.getenv().getOrDefault(variable, ""))
                .flatMap(options -> Stream.of(options.split("\\s+")))
                .toList();
    }

    /** Takes what belongs to the parent alone out of a command line, and puts the children's own options in. */
    static List<String> forChild(List<String> command, List<String> jvmArgs) {
        List<String> child = new ArrayList<>();
        for (String argument : command) {
            if (!PARENT_ONLY.matcher(argument).matches()) {
                child.add(argument);
            }
        }
        child.addAll(firstNonOption(child), jvmArgs);
        return child;
    }

    /** Where the options of the virtual machine end that stand in front of {@code -cp}, {@code -jar} or the main class. */
    private static int firstNonOption(List<String> command) {
        int index = 1;
        while (index < command.size() && isSelfContainedOption(command.get(index))) {
            index++;
        }
        return index;
    }

    private static boolean isSelfContainedOption(String argument) {
        return argument.startsWith("-D")
                || argument.startsWith("-X")
                || argument.startsWith("-ea")
                || argument.startsWith("-javaagent:")
                || argument.startsWith("--add-") && argument.contains("=");
    }

    /** Whether a command starts a virtual machine itself, and so takes options of one. */
    static boolean isOfVirtualMachine(List<String> command) {
        return Path.of(command.get(0)).endsWith("java");
    }

    private static List<String> ownCommandLine() throws IOException {
        if (!Files.isReadable(OWN_COMMAND_LINE)) {
            throw new IOException("cannot read " + OWN_COMMAND_LINE + " to find the command line of children");
        }
        String zeroSeparated = Files.readString(OWN_COMMAND_LINE, StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(zeroSeparated.split("\0", -1)));
        command.remove(command.size() - 1); // after the last terminator
        command.set(0, ProcessHandle.current().info().command().orElse(command.get(0)));
        return command;
    }

    /** Index of start.jar's path behind {@code -jar}, or -1. */
    static int startJarIndex(List<String> command) {
        int jar = command.indexOf("-jar") + 1;
        boolean start =
                jar > 0 && jar < command.size() && Path.of(command.get(jar)).endsWith("start.jar");
        return start ? jar : -1;
    }

    private static List<String> dryRun(List<String> own, int startJar) throws IOException {
        List<String> question = new ArrayList<>(forChild(own, List.of()));
        question.add(startJarIndex(question) + 1, "--dry-run");
        Process process = new ProcessBuilder(question)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        awaitSuccess(process, question);
        return withEmptyValues(ShellWords.split(answer.strip()));
    }

    /**
     * Puts back what Jetty's dry run leaves out: it prints a property that is set to nothing as its name alone, which
     * its own main class then refuses.
     */
    static List<String> withEmptyValues(List<String> command) {
        List<String> complete = new ArrayList<>(command);
        int i = command.indexOf("org.eclipse.jetty.xml.XmlConfiguration") + 1;
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
}
