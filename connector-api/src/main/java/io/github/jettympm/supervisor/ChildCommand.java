package io.github.jettympm.supervisor;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.jettympm.protocol.ChildEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Variables that give options to a virtual machine that nobody sees on a command line. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** What exists once per machine stays with the parent: ports to stop, debug and manage it, its pid and state files. */
    private static final Pattern PARENT_ONLY = Pattern.compile("-DSTOP\\..*|STOP\\..*|-agentlib:jdwp.*|-Xrunjdwp.*"
            + "|-Dcom\\.sun\\.management\\.jmxremote.*|.*[/\\\\]jetty-(pid|state|jmx-remote)\\.xml");

    private ChildCommand() {}

    /**
     * The command line of a child of this process.
     *
     * @param jvmArgs options of the Java virtual machine that only children get; they come after the parent's, and the
     *     defaults before those
     * @param oneRequestAtATime whether there is never more than one request in a child
     * @return the command and its arguments
     * @throws IOException if this process's command line cannot be read, or {@code start.jar} does not answer
     */
    public static List<String> discover(List<String> jvmArgs, boolean oneRequestAtATime) throws IOException {
        List<String> own = ownCommandLine();
        List<String> child = StartJar.starts(own)
                ? viaMainOfChildren(forChild(StartJar.finalCommand(forChild(own, List.of())), jvmArgs))
                : forChild(own, jvmArgs);
        List<String> others = new ArrayList<>(child);
        others.addAll(optionsOfEnvironment());
        int jdk = Runtime.version().feature();
        child.addAll(1, ChildOptions.defaults(others, jdk, ChildCommand::isOption, oneRequestAtATime));
        return child;
    }

    /** Whether this virtual machine, and so that of the children, has an option of that name. */
    private static boolean isOption(String name) {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return machine != null && machine.getVMOption(name) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
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

    /** Jetty's main class is started by one that has what takes long done meanwhile. */
    private static List<String> viaMainOfChildren(List<String> command) {
        List<String> child = new ArrayList<>(command);
        int main = child.indexOf(StartJar.MAIN_CLASS);
        if (main >= 0) {
            child.add(main, ChildEnvironment.MAIN_CLASS);
        }
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
}
