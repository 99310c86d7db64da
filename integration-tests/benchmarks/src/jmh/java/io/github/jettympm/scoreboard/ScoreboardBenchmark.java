package io.github.jettympm.scoreboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a child pays for saying what it does. */
@State(Scope.Thread)
public class ScoreboardBenchmark {
    private Path directory;
    private Scoreboard scoreboard;

    @Setup
    public void create() throws IOException {
        directory = Files.createTempDirectory("scoreboard");
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 16);
    }

    @TearDown
    public void delete() throws IOException {
        scoreboard.close();
        Files.delete(directory);
    }

    @Benchmark
    public void write() {
        scoreboard.state(3, SlotState.READY);
    }

    @Benchmark
    public SlotState writeAndRead() {
        scoreboard.state(3, SlotState.READY);
        return scoreboard.state(3);
    }
}
