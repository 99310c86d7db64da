package io.github.jettympm.supervisor;

import io.github.jettympm.listen.DescriptorInheritance;
import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.scoreboard.Scoreboard;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/** Starts children as processes of their own that share the parent's listening socket, its output and its directory. */
public final class ProcessLauncher implements ChildLauncher {
    private final List<String> command;
    private final int connector;
    private final Scoreboard scoreboard;
    private final ServerSocketChannel channel;

    /**
     * Makes a launcher for the children of one connector.
     *
     * @param command command line of a child
     * @param connector index of the connector among those of the server
     * @param scoreboard what parent and children share; its directory holds those of the children
     * @param channel the listening socket
     */
    public ProcessLauncher(List<String> command, int connector, Scoreboard scoreboard, ServerSocketChannel channel) {
        this.command = List.copyOf(command);
        this.connector = connector;
        this.scoreboard = scoreboard;
        this.channel = channel;
    }

    @Override
    public Process launch(int slot, int generation) throws IOException {
        var environment = new ChildEnvironment(
                connector, slot, generation, ProcessHandle.current().pid(), scoreboard.file());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        builder.environment().put(ChildEnvironment.VARIABLE, environment.value());
        WorkDirectory.of(scoreboard.file()).createSlot(slot);
        return DescriptorInheritance.start(builder, channel);
    }

    @Override
    public void clear(int slot) {
        WorkDirectory.of(scoreboard.file()).deleteSlot(slot);
    }
}
