package io.github.jettympm.it;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server prints, read on a thread of its own: kept in a file, and understood as far as it says that the server
 * has started and where it listens.
 */
final class ServerLog {
    private static final int LAST_LINES = 80;
    /** As in {@code Started oejs.ServerConnector@37d{SSL, (ssl, http/1.1)}{0.0.0.0:8443}}. */
    private static final Pattern LISTENING =
            Pattern.compile("Started (?:[\\w$]+\\.)*(\\w+)@\\w+\\{([^,]+), \\(([^)]*)\\)}\\{[^}]*?:(\\d+)}");

    private static final Pattern STARTED = Pattern.compile("Started (?:oejs|org\\.eclipse\\.jetty\\.server)\\.Server@");

    /** As in {@code [prefork-3 g2] }. */
    private static final Pattern OF_CHILD = Pattern.compile("\\[\\w+-\\d+ g\\d+] ");

    private final Deque<String> last = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<Listening> listening = new ArrayList<>();
    private final CompletableFuture<List<Listening>> started = new CompletableFuture<>();
    private final Path file;
    private final int connectors;
    private boolean serverStarted;

    /**
     * @param file where to keep everything
     * @param connectors how many connectors to wait for; one that child processes report, too, counts once
     */
    ServerLog(Path file, int connectors) {
        this.file = file;
        this.connectors = connectors;
    }

    /** A connector that the server reported. */
    record Listening(String connectorClass, String defaultProtocol, String protocols, int port) {
        boolean tls() {
            return defaultProtocol.equals("SSL");
        }
    }

    /** Somebody waits for lines that match. */
    private record Wait(Pattern pattern, int count, CompletableFuture<List<MatchResult>> found) {
        void look(List<String> lines) {
            var matches = lines.stream()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::toMatchResult)
                    .toList();
            if (matches.size() >= count) {
                found.complete(matches);
            }
        }

        void giveUp() {
            found.completeExceptionally(new IllegalStateException("never said " + count + " x " + pattern));
        }
    }

    /** Reads until the server closes its output; what follows the start is only kept in the file. */
    Thread follow(InputStream output) {
        var thread = new Thread(() -> read(output), "server-log");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Completed with the connectors when the server says that it has started: the parent, if the lines of its children have
     * labels, since its start is complete only after theirs. Fails when the output ends before that.
     */
    CompletableFuture<List<Listening>> started() {
        return started;
    }

    /** Completed when so many lines, from the first on, match; fails when the output ends before that. */
    synchronized CompletableFuture<List<MatchResult>> said(Pattern pattern, int count) {
        var wait = new Wait(pattern, count, new CompletableFuture<>());
        waits.add(wait);
        wait.look(lines);
        if (ended.isDone()) {
            wait.giveUp();
        }
        return wait.found();
    }

    /** How many lines match so far. */
    synchronized long count(Pattern pattern) {
        return lines.stream().filter(line -> pattern.matcher(line).find()).count();
    }

    /** Completed when every process that could print here has ended. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    synchronized String lastLines() {
        return String.join("\n", last);
    }

    private void read(InputStream output) {
        try (var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
                var copy = Files.newBufferedWriter(file)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                keep(line, copy);
                understand(line);
            }
            started.completeExceptionally(new IllegalStateException("the server ended before it had started"));
        } catch (IOException e) {
            started.completeExceptionally(new UncheckedIOException(e));
        } finally {
            end();
        }
    }

    private synchronized void end() {
        waits.forEach(Wait::giveUp);
        ended.complete(null);
    }

    private synchronized void keep(String line, BufferedWriter copy) throws IOException {
        copy.write(line);
        copy.newLine();
        copy.flush();
        lines.add(line);
        waits.forEach(it -> it.look(lines));
        last.addLast(line);
        if (last.size() > LAST_LINES) {
            last.removeFirst();
        }
    }

    private void understand(String line) {
        if (OF_CHILD.matcher(line).lookingAt()) {
            return;
        }
        var connector = LISTENING.matcher(line);
        if (connector.find()) {
            listening.add(new Listening(
                    connector.group(1), connector.group(2), connector.group(3), Integer.parseInt(connector.group(4))));
        } else if (STARTED.matcher(line).find()) {
            serverStarted = true;
        }
        if (serverStarted && listening.stream().map(Listening::tls).distinct().count() == connectors) {
            started.complete(List.copyOf(listening));
        }
    }
}
