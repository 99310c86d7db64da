package io.github.jettympm.supervisor;

import java.util.List;
import java.util.regex.Pattern;

/** Keeps what belongs to the parent alone from the processes that it starts. */
enum OptionFilter {
    /** What exists once per machine stays with the parent: ports to stop, debug and manage it, its pid and state files. */
    CHILD("-DSTOP\\..*|STOP\\..*|-agentlib:jdwp.*|-agentpath:.*jdwp.*|-Xrunjdwp.*"
            + "|-Dcom\\.sun\\.management\\.(jmxremote|config\\.file).*"
            + "|(.*[/\\\\])?(jetty-(pid|state|jmx-remote)|jmx-remote-\\w+)\\.xml"),

    /**
     * A process that answers a question and ends. Its logs and recordings would only overwrite the parent's, and agents, which may
     * open a port or say something on standard output, have nothing to see in it.
     */
    QUESTION(
            CHILD.pattern.pattern()
                    + "|-Xlog.*|-verbose.*|-XX:(StartFlightRecording|FlightRecorder).*|-javaagent:.*|-agent(lib|path):.*|-Xrun.*");

    private final Pattern pattern;

    OptionFilter(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    /** Whether a word of a command line may be passed on. */
    boolean passes(String word) {
        return !pattern.matcher(word).matches();
    }

    /** The words that may be passed on. */
    List<String> of(List<String> words) {
        return words.stream().filter(this::passes).toList();
    }
}
