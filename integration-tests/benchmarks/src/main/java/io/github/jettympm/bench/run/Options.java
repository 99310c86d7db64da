package io.github.jettympm.bench.run;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of the harness. */
public final class Options {
    private static final Set<String> FLAGS = Set.of("quick", "short", "guard", "jmh", "list");
    private static final Set<String> VALUES =
            Set.of("connector", "workload", "peers", "jdk", "rounds", "seconds", "report", "project", "home");
    private static final Set<String> MAIN_PEERS = Set.of("tomcat", "undertow", "nginx");
    private static final Set<String> OURS = Set.of("event", "worker", "prefork");

    private final Map<String, String> values = new HashMap<>();

    private Options() {}

    /** Reads a command line; refuses what it does not know. */
    public static Options of(String... arguments) {
        var options = new Options();
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            String name = argument.startsWith("--") ? argument.substring(2) : "";
            if (FLAGS.contains(name)) {
                options.values.put(name, "");
            } else if (VALUES.contains(name) && !rest.isEmpty()) {
                options.values.put(name, rest.pop());
            } else {
                throw new IllegalArgumentException("unknown or incomplete argument " + argument + "; see --help");
            }
        }
        return options;
    }

    /** Whether a flag is there. */
    public boolean has(String flag) {
        return values.containsKey(flag);
    }

    /** The value of an option. */
    public String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** A value that has to be a number within a range. */
    private int number(String name, int otherwise, int least, int most) {
        String text = value(name, Integer.toString(otherwise));
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("--%s %s: use %d to %d".formatted(name, text, least, most));
        }
        return number;
    }

    /** How often each server is measured per workload. */
    public int rounds() {
        int otherwise = has("quick") ? 1 : has("short") ? 3 : 5;
        return number("rounds", otherwise, 1, 100);
    }

    /** How long each time, for loads that go by time. */
    public int seconds() {
        return number("seconds", 1, 1, 60);
    }

    /** Requests until a server is warm. */
    int warmUp() {
        return has("quick") ? 300 : has("guard") ? 180_000 : has("short") ? 200_000 : 400_000;
    }

    /** Large requests per round. */
    int large() {
        return has("quick") ? 2 : 5;
    }

    /** The major version of the JDK for servers, 0 for the one that runs the harness. */
    public int jdk() {
        return number("jdk", 0, 0, 99);
    }

    /** Whether a workload was asked for. */
    public boolean wants(String workload) {
        String asked = value("workload", "all");
        return asked.equals("all") || List.of(asked.split(",")).contains(workload);
    }

    /** Whether a server was asked for. */
    boolean wantsSubject(String subject) {
        if (subject.contains("stock")) {
            return true;
        }
        String own = subject.replace("core ", "").replace("non-blocking ", "").replace(" virtual", "");
        if (OURS.contains(own)) {
            String connector = value("connector", "all");
            return connector.equals("all") || connector.equals(own);
        }
        String peers = value("peers", has("short") ? "main" : "all");
        return switch (peers) {
            case "all" -> true;
            case "main" -> MAIN_PEERS.contains(subject);
            case "none" -> false;
            default -> List.of(peers.split(",")).contains(subject);
        };
    }
}
