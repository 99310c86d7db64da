package io.github.jettympm.bench.load;

import io.github.jettympm.bench.machine.Command;
import io.github.jettympm.bench.machine.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives wrk with one thread; a script checks every response, or, where they are short and all alike, their number
 * against the sum of their bytes.
 *
 * @param mode how connections are used
 * @param length bytes of a right response's content
 */
public record Wrk(String path, int connections, Mode mode, int length) implements Load {
    private static final Path SCRIPT = Path.of("src/main/lua/bench.lua");
    private static final int WARM_UP_SECONDS = 30;
    private static final int MORE_SECONDS = 15;

    /** A response of at most so many bytes comes whole, so that none is counted in part when the time is over. */
    private static final int SHORT = 1024;

    /** How connections are used. */
    public enum Mode {
        /** Kept alive. */
        KEEP,
        /** A new one for each request. */
        CLOSE,
        /** Every second request is the last of its connection. */
        HALF,
        /** Kept alive, with the cookies of as many sessions as connections in turn. */
        SESSION
    }

    /** Kept-alive connections. */
    public static Wrk keep(String path, int connections, int length) {
        return new Wrk(path, connections, Mode.KEEP, length);
    }

    @Override
    public LoadResult run(Target target, int seconds) throws IOException, InterruptedException {
        return run(target, seconds, 0, areAlike() ? WholeResponse.bytes(target, path, length) : 0);
    }

    @Override
    public LoadResult warmUp(Target target, int requests) throws IOException, InterruptedException {
        return run(target, WARM_UP_SECONDS, requests, 0);
    }

    private boolean areAlike() {
        return mode == Mode.KEEP && length <= SHORT;
    }

    private LoadResult run(Target target, int seconds, int most, int whole) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (!target.cpus().isEmpty()) {
            command.addAll(List.of(Tools.path("taskset"), "-c", target.cpus()));
        }
        command.addAll(List.of(Tools.path("wrk"), "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s"));
        command.addAll(List.of("--latency", "-s", SCRIPT.toString(), target.url(false, path), "--"));
        command.add(mode.name().toLowerCase());
        command.addAll(List.of(Integer.toString(length), Integer.toString(most), Integer.toString(whole)));
        command.add(Integer.toString(connections));
        return WrkOutput.parse(
                Command.run(Duration.ofSeconds(seconds + MORE_SECONDS), command).require(command));
    }

    @Override
    public String program() {
        return "wrk";
    }
}
