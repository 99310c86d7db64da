package io.github.jettympm.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * {@link IdleConnections} in a process of its own: the system limits the files of each process, and a client needs as many as the
 * server. It is told what to do in lines, and answers with lines.
 */
public final class IdleClient implements AutoCloseable {
    private static final String DONE = "done";
    private static final String FAILED = "failed ";

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private IdleClient(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a client that has no connections yet.
     *
     * @param java the program
     * @param classPath where this class is
     * @param client which of the clients it is, from 0: each has addresses of its own
     */
    public static IdleClient start(String java, String classPath, Target target, int client) throws IOException {
        List<String> command = List.of(
                java,
                "-cp",
                classPath,
                IdleClient.class.getName(),
                Integer.toString(target.port()),
                Integer.toString(client));
        return new IdleClient(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Opens connections until there are so many, each with one request. */
    public void open(int connections) throws IOException {
        order("open " + connections);
    }

    /** Sends one request over each of so many connections, spread evenly, and says how long each took, in us, in order. */
    public long[] ask(int requests) throws IOException {
        String micros = order("ask " + requests);
        return Arrays.stream(micros.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private String order(String order) throws IOException {
        orders.println(order);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the client ended: " + order);
        }
        if (answer.startsWith(FAILED)) {
            throw new IOException(answer.substring(FAILED.length()));
        }
        return answer;
    }

    /** Ends the process, and so its connections. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The process. It ends with its input. */
    public static void main(String... arguments) throws IOException {
        var target = new Target(Integer.parseInt(arguments[0]), 0, "");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var connections = new IdleConnections(target, false, Integer.parseInt(arguments[1]))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(obey(order, connections));
            }
        }
    }

    private static String obey(String order, IdleConnections connections) {
        String[] words = order.split(" ");
        int count = Integer.parseInt(words[1]);
        try {
            if (words[0].equals("open")) {
                connections.open(count);
                return DONE;
            }
            return LongStream.of(connections.ask(count))
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            return FAILED + e.getMessage();
        }
    }
}
