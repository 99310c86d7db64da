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

/**
 * Finds the command line that children are started with.
 *
 * <p>A parent that was started through Jetty's {@code start.jar} asks it once for its final command line ({@code
 * --dry-run}), so that no child goes through the resolution of modules again: that would cost each of them the start
 * of a second virtual machine. Any other parent (embedded, or itself started from the final command line, as {@code
 * jetty.sh} does) gives its own command line to its children.
 */
public final class ChildCommand {
    /** What the kernel puts behind the path of a program that another one has replaced, as in an upgrade of Java. */
    private static final String REPLACED = " (deleted)";

    private static final Path OWN_COMMAND_LINE = Path.of("/proc/self/cmdline");

    private ChildCommand() {}

    /**
     * The command line of a child of this process.
     *
     * @param jvmArgs options of the Java virtual machine that only children get; they come after the parent's, and the
     *     defaults before those. The class path stands behind all of them
     * @param oneRequestAtATime whether there is never more than one request in a child
     * @return the command and its arguments
     * @throws IOException if this process's command line, or a file with options that it names, cannot be read, or {@code
     *     start.jar} does not answer
     */
    public static List<String> discover(List<String> jvmArgs, boolean oneRequestAtATime) throws IOException {
        JavaCommand own = OptionFile.expand(ownCommandLine());
        JavaCommand child = viaMainOfChildren(forChild(StartJar.starts(own) ? behindStartJar(own) : own, jvmArgs));
        List<String> others = OptionVariables.around(System.getenv(), child.options());
        int jdk = Runtime.version().feature();
        List<String> options =
                new ArrayList<>(ChildOptions.defaults(others, jdk, ChildCommand::isOption, oneRequestAtATime));
        options.addAll(child.options());
        return child.withOptions(options).words();
    }

    /**
     * All options of the virtual machine of a child, also those that environment variables give it.
     *
     * @param command the command line of a child
     * @return the options, of which the last one counts if they contradict each other
     * @throws IOException if a file with options that a variable names cannot be read
     */
    public static List<String> options(List<String> command) throws IOException {
        List<String> given = isOfVirtualMachine(command)
                ? OptionFile.expand(command).options()
                : command; // of a script, all it is given
        return OptionVariables.around(System.getenv(), given);
    }

    /**
     * What {@code start.jar} starts, with the options of its own virtual machine, of which it says nothing. In the parent that is also
     * the one of the server, and those of the modules, which {@code start.jar} knows, are set later and so count before them.
     */
    private static JavaCommand behindStartJar(JavaCommand own) throws IOException {
        JavaCommand server = JavaCommand.parse(StartJar.finalCommand(own));
        List<String> options = new ArrayList<>(own.options());
        options.removeAll(server.options()); // an agent that is named twice would be there twice
        options.addAll(server.options());
        return server.withOptions(options);
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

    /** Takes what belongs to the parent alone out of a command line, and puts the children's own options behind its options. */
    static JavaCommand forChild(JavaCommand command, List<String> jvmArgs) {
        List<String> options = new ArrayList<>(OptionFilter.CHILD.of(command.options()));
        options.addAll(jvmArgs);
        return command.withOptions(options).withMain(OptionFilter.CHILD.of(command.main()));
    }

    /** Jetty's main class is started by one that has what takes long done meanwhile, and sees to it that no child outlives its parent. */
    private static JavaCommand viaMainOfChildren(JavaCommand command) {
        if (!command.mainClass().equals(StartJar.MAIN_CLASS)) {
            return command;
        }
        List<String> main = new ArrayList<>(command.main());
        main.add(0, ChildEnvironment.MAIN_CLASS);
        return command.withMain(main);
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
        command.set(
                0,
                ProcessHandle.current()
                        .info()
                        .command()
                        .map(ChildCommand::program)
                        .orElse(command.get(0)));
        return command;
    }

    /** The one that is there now. */
    static String program(String path) {
        return path.endsWith(REPLACED) ? path.substring(0, path.length() - REPLACED.length()) : path;
    }
}
