package io.github.jettympm.supervisor;

import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.LaunchSettings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts children as processes of their own that share the parent's listening socket, its output and its directory. */
public final class ProcessLauncher implements ChildLauncher {
    private final Origin origin;
    private final ClassDataArchive archive;

    /**
     * Where children come from, whatever their generation.
     *
     * @param commandLine makes the command line of a child, anew for each generation
     * @param connector index of the connector among those of the server
     * @param scoreboard what parent and children share; its directory holds those of the children
     * @param channel the listening socket
     * @param settings what their processes are started with
     * @param user whom they run as
     */
    public record Origin(
            CommandLine commandLine,
            int connector,
            Scoreboard scoreboard,
            ServerSocketChannel channel,
            LaunchSettings settings,
            UserSwitch user) {}

    /** Makes the command line of a child. */
    public interface CommandLine {
        /**
         * Makes it from the configuration as it is now.
         *
         * @return command and arguments
         * @throws IOException if the configuration cannot be read
         */
        List<String> make() throws IOException;
    }

    /**
     * Makes a launcher for the children of one generation.
     *
     * @param command command line of a child
     * @param origin what all generations have in common
     */
    public ProcessLauncher(List<String> command, Origin origin) {
        this(origin, new ClassDataArchive(origin.settings().classDataArchive(), command));
    }

    private ProcessLauncher(Origin origin, ClassDataArchive archive) {
        this.origin = origin;
        this.archive = archive;
    }

    private WorkDirectory workDirectory() {
        return WorkDirectory.of(origin.scoreboard().file());
    }

    @Override
    public Process launch(int slot, int generation) throws IOException {
        boolean archives = archive.order(workDirectory(), generation);
        if (archives) {
            origin.user().give(workDirectory().classes(generation));
        }
        var environment = new ChildEnvironment(
                origin.connector(),
                slot,
                generation,
                ProcessHandle.current().pid(),
                archives,
                origin.scoreboard().file());
        ProcessBuilder builder = new ProcessBuilder(origin.user().command(commandFor(environment)))
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        environment.tell(builder.environment());
        origin.user().tell(builder.environment());
        workDirectory().createSlot(slot);
        origin.user().give(workDirectory().slot(slot));
        return DescriptorInheritance.start(builder, origin.channel());
    }

    /** In front of all other options, so that one of the operator's counts. */
    private List<String> commandFor(ChildEnvironment environment) {
        List<String> child = new ArrayList<>(archive.command());
        if (ChildCommand.isOfVirtualMachine(child)) {
            child.add(1, CrashReport.option(workDirectory().slot(environment.slot())));
            child.addAll(1, archive.options(environment.archivesClasses()));
        }
        return child;
    }

    @Override
    public Optional<CrashReport> crashReport(int slot) {
        return CrashReport.collect(workDirectory().slot(slot), origin.settings().crashDirectory());
    }

    @Override
    public void clear(int slot) {
        workDirectory().deleteSlot(slot);
    }

    @Override
    public ChildLauncher renewed() throws IOException {
        return new ProcessLauncher(origin, archive.next(origin.commandLine().make()));
    }
}
