package io.github.jettympm.bench.load;

import java.util.HashMap;
import java.util.Map;

/** Reads the line that bench.lua makes wrk print at its end. */
final class WrkOutput {
    private static final double MICROS = 1_000;

    private final Map<String, String> values = new HashMap<>();

    private WrkOutput(String line) {
        for (String word : line.substring(0, line.indexOf(" example=")).split(" ")) {
            if (word.contains("=")) {
                values.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
        }
        values.put("example", line.substring(line.indexOf(" example=") + " example=".length()));
    }

    static LoadResult parse(String output) {
        return output.lines()
                .filter(line -> line.startsWith("bench "))
                .map(line -> new WrkOutput(line).result())
                .findFirst()
                .orElseGet(() -> LoadResult.failed("wrk did not print its result: " + output.strip()));
    }

    private LoadResult result() {
        return new LoadResult(
                number("requests"),
                number("micros") / MICROS / MICROS,
                number("p50") / MICROS,
                number("p99") / MICROS,
                number("p999") / MICROS,
                wrong());
    }

    private long number(String name) {
        return Long.parseLong(values.get(name));
    }

    private String wrong() {
        var wrong = new StringBuilder();
        if (number("requests") == 0) {
            wrong.append("no response at all; ");
        }
        if (number("wrong") > 0) {
            wrong.append("%d wrong responses (%s); ".formatted(number("wrong"), values.get("example")));
        }
        for (String error : new String[] {"connect", "read", "write", "timeout"}) {
            if (number(error) > 0) {
                wrong.append("%d errors of kind %s; ".formatted(number(error), error));
            }
        }
        return wrong.toString();
    }
}
