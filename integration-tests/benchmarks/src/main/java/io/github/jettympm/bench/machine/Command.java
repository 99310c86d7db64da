package io.github.jettympm.bench.machine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
public final class Command {
    private Command() {}

    /** What a program said and how it ended. */
    public record Result(int status, String output) {
        /** Its output, if it ended well. */
        public String require(List<String> command) {
            if (status != 0) {
                throw new IllegalStateException("%s ended with status %d: %s".formatted(command, status, output));
            }
            return output;
        }
    }

    /** Runs a program, and kills it when it takes longer than the limit; output and errors come back as one text. */
    public static Result run(Duration limit, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("%s did not end within %d s: %s"
                        .formatted(command, limit.toSeconds(), Files.readString(output)));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }
}
