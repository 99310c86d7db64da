package io.github.jettympm.scoreboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** What a process pays for saying what it does. */
@State(Scope.Benchmark)
public class ScoreboardBenchmark {
    private static final String CLIENT = "192.0.2.171";
    private static final String PATH = "/shop/articles/4711/pictures";

    private Path directory;
    private Scoreboard scoreboard;
    private Scoreboard many;
    private RequestRows one;
    private RequestRows shared;
    private RequestRows none;

    @Setup
    public void create() throws IOException {
        directory = Files.createTempDirectory("scoreboard");
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 16);
        many = Scoreboard.create(directory.resolve("many"), 16, 256, Identity.NONE);
        one = scoreboard.requestRows(5);
        shared = many.requestRows(5);
        none = Scoreboard.create(directory.resolve("none"), 1, 0, Identity.NONE).requestRows(0);
    }

    @TearDown
    public void delete() throws IOException {
        for (String file : List.of("scoreboard", "many", "none")) {
            Files.delete(directory.resolve(file));
        }
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

    private static long request(RequestRows rows) {
        long began = System.nanoTime();
        Traffic row = rows.begins(CLIENT, "GET", PATH, began);
        long ended = System.nanoTime();
        rows.ends(row, began, 1024, ended);
        return ended;
    }

    /** Of a child of prefork. */
    @Benchmark
    public long requestInTheOnlyRow() {
        return request(one);
    }

    /** Of worker or event: a row is taken and given back. */
    @Benchmark
    public long requestInAFreeRow() {
        return request(shared);
    }

    /** The same by two threads at once. */
    @Benchmark
    @Threads(2)
    public long requestsInFreeRows() {
        return request(shared);
    }

    /** Of worker or event when all rows are taken. */
    @Benchmark
    public long requestWithoutARow() {
        return request(none);
    }
}
