package io.github.jettympm.bench.load;

import io.github.jettympm.bench.machine.Command;
import io.github.jettympm.bench.machine.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives h2load with one thread: HTTP/2, and large contents over clear text and TLS 1.3.
 *
 * @param streams requests at once on a connection, 0 for HTTP/1.1
 * @param upload file to send with each request, null for none
 * @param length bytes of a right response's content
 * @param count requests of a round, 0 for as many as the time allows
 */
public record H2load(String path, boolean tls, int connections, int streams, Path upload, int length, int count)
        implements Load {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LARGE_WARM_UP = 3;

    /** The classes of HTTP/2 are many: rates still grew after 150,000 requests, and no longer after twice as many. */
    private static final int HTTP2_WARM_UP = 3;

    /** HTTP/2 in clear text with prior knowledge. */
    public static H2load http2(String path, int connections, int streams, int length) {
        return new H2load(path, false, connections, streams, null, length, 0);
    }

    /** One connection of HTTP/1.1 and a number of large responses. */
    public static H2load download(String path, boolean tls, int length, int count) {
        return new H2load(path, tls, 1, 0, null, length, count);
    }

    /** One connection of HTTP/1.1 and a number of large requests. */
    public static H2load upload(String path, boolean tls, Path file, int length, int count) {
        return new H2load(path, tls, 1, 0, file, length, count);
    }

    @Override
    public LoadResult run(Target target, int seconds) throws IOException, InterruptedException {
        return count > 0
                ? run(target, List.of("-n", Integer.toString(count)))
                : run(target, List.of("-D", Integer.toString(seconds)));
    }

    @Override
    public LoadResult warmUp(Target target, int requests) throws IOException, InterruptedException {
        return run(target, List.of("-n", Integer.toString(requests)));
    }

    private LoadResult run(Target target, List<String> amount) throws IOException, InterruptedException {
        Path log = Files.createTempFile("h2load", ".log");
        try {
            List<String> command = command(target, amount, log);
            String output = Command.run(LIMIT, command).require(command);
            var read = new H2loadOutput(output, RequestLog.of(Files.readAllLines(log)));
            int unfinished = count > 0 ? 0 : connections * Math.max(1, streams);
            return read.result(length, unfinished, tls);
        } finally {
            Files.delete(log);
        }
    }

    private List<String> command(Target target, List<String> amount, Path log) {
        var command = new ArrayList<>(List.of(Tools.path("h2load"), "-t1", "-c" + connections));
        command.addAll(amount);
        command.addAll(streams > 0 ? List.of("-m" + streams) : List.of("--h1"));
        if (upload != null) {
            command.addAll(List.of("-d", upload.toString()));
        }
        command.addAll(List.of("--log-file=" + log, target.url(tls, path)));
        return command;
    }

    @Override
    public String program() {
        return "h2load";
    }

    @Override
    public int warmUpRequests(int requests) {
        return count > 0 ? LARGE_WARM_UP : HTTP2_WARM_UP * requests;
    }
}
