package io.github.jettympm.supervisor;

import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.protocol.BootFailure;
import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.ChildNames;
import io.github.jettympm.protocol.ProcFiles;
import io.github.jettympm.protocol.ServiceVariables;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.Scoreboard;
import io.github.jettympm.settings.LaunchSettings;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts children as processes of their own that share the parent's listening socket, its output and its directory. */
public final class ProcessLauncher implements ChildLauncher {
    /** The first child of a generation reads the configuration as its parent does; for the others it has been checked. */
    private static final String CHECKED = "-Dorg.eclipse.jetty.xml.XmlParser.Validating=false";

    private final Origin origin;
    private final ClassDataArchive archive;
    private final AtomicBoolean launched = new AtomicBoolean();

    /**
     * Where children come from, whatever their generation.
     *
     * @param commandLine makes the command line of a child, anew for each generation
     * @param connector index of the connector among those of the server
     * @param identity what connector that is, which its children compare with their configuration
     * @param scoreboard what parent and children share; its directory holds those of the children
     * @param channel the listening socket
     * @param settings what their processes are started with
     * @param user whom they run as
     * @param output where what they print appears
     */
    public record Origin(
            CommandLine commandLine,
            int connector,
            String identity,
            Scoreboard scoreboard,
            ServerSocketChannel channel,
            LaunchSettings settings,
            UserSwitch user,
            ChildOutput output) {}

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

    private ProcessLauncher(Origin origin, ClassDataArchive archive, int generation) throws IOException {
        this.origin = origin;
        this.archive = archive;
        archive.prepare(workDirectory(), generation);
        if (archive.files().isPresent()) {
            origin.user().give(archive.files().get());
        }
    }

    /**
     * Makes a launcher for the children of the first generation. May take some seconds.
     *
     * @param command command line of a child
     * @param origin what all generations have in common
     * @return the launcher
     * @throws IOException if a directory that they share cannot be given to their user, or a file with options that an
     *     environment variable names cannot be read
     */
    public static ProcessLauncher first(List<String> command, Origin origin) throws IOException {
        List<String> ofVariables = OptionFilter.CHILD.of(OptionVariables.around(System.getenv(), List.of()));
        boolean allowed = origin.settings().classDataArchive() && ClassDataArchive.isPossible(ofVariables);
        return new ProcessLauncher(origin, new ClassDataArchive(allowed, command), Generations.FIRST);
    }

    @Override
    public ChildNames names() {
        return origin.output().names();
    }

    private WorkDirectory workDirectory() {
        return WorkDirectory.of(origin.scoreboard().file());
    }

    @Override
    public Process launch(int slot, int generation) throws IOException {
        boolean first = !launched.getAndSet(true);
        boolean archives = archive.order();
        if (workDirectory().createApplications(generation)) {
            origin.user().give(workDirectory().applications(generation));
        }
        long parent = ProcessHandle.current().pid();
        var environment = new ChildEnvironment(
                origin.connector(),
                origin.identity(),
                slot,
                generation,
                parent,
                ProcFiles.startTime(parent)
                        .orElseThrow(() -> new IOException("cannot read when this process was started")),
                archives,
                origin.scoreboard().file());
        ProcessBuilder builder = new ProcessBuilder(origin.user().command(commandFor(environment, first)));
        origin.output().prepare(builder);
        ServiceVariables.removeFrom(builder.environment());
        OptionVariables.remove(OptionFilter.CHILD, builder.environment());
        builder.environment().put(ChildEnvironment.VARIABLE, environment.value());
        origin.user().tell(builder.environment());
        workDirectory().createSlot(slot);
        origin.user().give(workDirectory().slot(slot));
        Process process = DescriptorInheritance.start(builder, origin.channel());
        origin.output().follow(slot, generation, process);
        return process;
    }

    @Override
    public void ready() {
        archive.make(origin.user());
    }

    @Override
    public boolean isInWork() {
        return archive.isInWork();
    }

    @Override
    public void stop() {
        archive.stop();
    }

    /** In front of all other options, so that one of the operator's counts. */
    private List<String> commandFor(ChildEnvironment environment, boolean first) {
        List<String> child = new ArrayList<>(archive.command());
        if (ChildCommand.isOfVirtualMachine(child)) {
            child.addAll(1, environment.properties());
            if (!first) {
                child.add(1, CHECKED);
            }
            child.add(1, CrashReport.option(workDirectory().slot(environment.slot())));
            child.addAll(1, archive.options(environment.listsClasses()));
        }
        return child;
    }

    @Override
    public Optional<CrashReport> crashReport(int slot) {
        return CrashReport.collect(workDirectory().slot(slot), origin.settings().crashDirectory());
    }

    /** What it says of itself is to the point; a virtual machine that does not get so far only prints. */
    @Override
    public Optional<String> lastWords(int slot) {
        return BootFailure.read(workDirectory().slot(slot))
                .map(Printable::of)
                .or(() -> origin.output().last(slot).map(lines -> "it printed last: " + lines));
    }

    @Override
    public void clear(int slot) {
        origin.output().finish(slot);
        workDirectory().deleteSlot(slot);
    }

    @Override
    public void forget(int generation) {
        workDirectory().deleteApplications(generation);
    }

    @Override
    public ChildLauncher renewed(int generation) throws IOException {
        return new ProcessLauncher(origin, archive.next(origin.commandLine().make()), generation);
    }
}
