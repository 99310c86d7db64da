package io.github.jettympm.control;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * What a command line asks for.
 *
 * @param verb what to do
 * @param base the server's base directory
 * @param slot of the child that is meant, 0 unless a child is
 * @param connector index of the connector that is meant, from 0, empty if there is only one
 * @param timeout how long to wait for what was asked
 * @param json whether the answer is for programs
 */
record Order(Verb verb, Path base, int slot, Optional<Integer> connector, Duration timeout, boolean json) {
    private static final String USAGE = "java -jar lib/mpm/connector-api-VERSION.jar COMMAND [OPTION...]";
    private static final String COMMANDS = """

            Commands:
              status      says what the processes of the server do
              restart     starts new children from what is on disk, and ends the old ones
              drain SLOT  lets a child finish what it has begun and end; another takes its place
              stop        stops the server, and waits until it has ended

            Options:
            """;
    private static final String EXITS = """

            Exit status: 0 done, or asked for; 1 failed; 2 the command line is not understood; 3 no such server runs.
            """;

    private static final int WIDTH = 110;
    private static final int LEFT = 2;
    private static final int BETWEEN = 3;
    private static final int MOST_SECONDS = 86_400;

    /** More than the drain timeout, unless that was set. */
    private static final int DEFAULT_SECONDS = 60;

    private static final Options OPTIONS = new Options()
            .addOption(argument("base", "DIR", "base directory of the server; $JETTY_BASE or the current directory"))
            .addOption(
                    argument("connector", "N", "which connector the slot belongs to, from 0, if several have children"))
            .addOption(argument(
                    "timeout", "SECONDS", "how long stop waits until the server has ended; " + DEFAULT_SECONDS))
            .addOption(Option.builder()
                    .longOpt("json")
                    .desc("answers for programs")
                    .build())
            .addOption(Option.builder("h").longOpt("help").desc("says this").build());

    /** What to do. */
    enum Verb {
        /** Says what the processes of the server do. */
        STATUS,

        /** Replaces all children. */
        RESTART,

        /** Ends a child. */
        DRAIN,

        /** Ends the server. */
        STOP,

        /** Explains the command. */
        HELP
    }

    private static Option argument(String name, String argument, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .build();
    }

    static Order parse(String... arguments) throws ParseException {
        DefaultParser parser =
                DefaultParser.builder().setAllowPartialMatching(false).build();
        CommandLine line = parser.parse(OPTIONS, arguments);
        List<String> words = line.getArgList();
        if (line.hasOption("help") || words.equals(List.of("help"))) {
            return new Order(Verb.HELP, Path.of(""), 0, Optional.empty(), Duration.ZERO, false);
        }
        if (words.isEmpty()) {
            throw new ParseException("a command is missing");
        }
        Verb verb = verb(words.get(0));
        int expected = verb == Verb.DRAIN ? 2 : 1;
        if (words.size() < expected) {
            throw new ParseException("drain needs the slot of a child");
        }
        if (words.size() > expected) {
            throw new ParseException("too many words: " + String.join(" ", words.subList(expected, words.size())));
        }
        return new Order(
                verb,
                base(line),
                verb == Verb.DRAIN ? number("slot", words.get(1), Integer.MAX_VALUE) : 0,
                line.hasOption("connector")
                        ? Optional.of(number("--connector", line.getOptionValue("connector"), Integer.MAX_VALUE))
                        : Optional.empty(),
                Duration.ofSeconds(number(
                        "--timeout", line.getOptionValue("timeout", Integer.toString(DEFAULT_SECONDS)), MOST_SECONDS)),
                line.hasOption("json"));
    }

    private static Verb verb(String word) throws ParseException {
        return Arrays.stream(Verb.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new ParseException("there is no command " + word));
    }

    private static Path base(CommandLine line) {
        String ofEnvironment = System.getenv().getOrDefault("JETTY_BASE", "");
        return Path.of(line.getOptionValue("base", ofEnvironment))
                .toAbsolutePath()
                .normalize();
    }

    private static int number(String name, String text, int most) throws ParseException {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as one that is out of range
        }
        throw new ParseException(name + " " + text + " is no number from 0 to " + most);
    }

    static String help() {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        HelpFormatter formatter = new HelpFormatter();
        formatter.printUsage(writer, WIDTH, USAGE);
        writer.print(COMMANDS);
        formatter.printOptions(writer, WIDTH, OPTIONS, LEFT, BETWEEN);
        writer.print(EXITS);
        writer.flush();
        return text.toString();
    }
}
