package io.github.jettympm.bench.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what h2load prints. */
final class H2loadOutput {
    private static final Pattern FINISHED = Pattern.compile("finished in ([0-9.]+)(us|ms|s|m),");
    private static final Pattern REQUESTS =
            Pattern.compile("requests: \\d+ total, \\d+ started, (\\d+) done, (\\d+) succeeded, "
                    + "(\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern CODES = Pattern.compile("status codes: (\\d+) 2xx");
    private static final Pattern DONE = Pattern.compile("(\\d+) done,");
    private static final Pattern ANY_STATUS = Pattern.compile("status codes: .*?([1-9]\\d*) [2345]xx");
    private static final Pattern DATA = Pattern.compile("traffic: .*\\((\\d+)\\) data");
    private static final double SECONDS_PER_MINUTE = 60;

    private final String output;
    private final RequestLog log;

    H2loadOutput(String output, RequestLog log) {
        this.output = output;
        this.log = log;
    }

    /**
     * What h2load has seen.
     *
     * @param length bytes of a right response's content
     * @param unfinished requests that may have been under way when the time was over
     * @param tls whether it must have been TLS 1.3
     */
    LoadResult result(long length, long unfinished, boolean tls) {
        Matcher requests = REQUESTS.matcher(output);
        Matcher finished = FINISHED.matcher(output);
        if (!requests.find() || !finished.find()) {
            return LoadResult.failed("h2load did not print its result: " + output.strip());
        }
        if (number(ANY_STATUS) == 0 && number(DONE) > 0 && unfinished == 0) {
            return withoutStatus(finished, length, tls);
        }
        long succeeded = Long.parseLong(requests.group(2));
        return new LoadResult(
                succeeded,
                seconds(finished),
                log.percentile(50),
                log.percentile(99),
                log.percentile(99.9),
                wrong(requests, length, unfinished, tls));
    }

    /**
     * h2load 1.52 sees no status in a status line without a reason phrase, as Tomcat's, and calls the response failed;
     * what is left to tell a right one is the exact length of all contents.
     */
    private LoadResult withoutStatus(Matcher finished, long length, boolean tls) {
        long done = number(DONE);
        boolean right = number(DATA) == done * length && (!tls || isTls13());
        String wrong = right ? "" : "%d bytes of content in %d responses of %d; ".formatted(number(DATA), done, length);
        double seconds = seconds(finished);
        double each = seconds / done * 1_000;
        return new LoadResult(done, seconds, each, each, each, wrong);
    }

    private boolean isTls13() {
        return output.contains("TLS Protocol: TLSv1.3");
    }

    private static double seconds(Matcher finished) {
        double value = Double.parseDouble(finished.group(1));
        return switch (finished.group(2)) {
            case "us" -> value / 1_000_000;
            case "ms" -> value / 1_000;
            case "m" -> value * SECONDS_PER_MINUTE;
            default -> value;
        };
    }

    private String wrong(Matcher requests, long length, long unfinished, boolean tls) {
        var wrong = new StringBuilder();
        long succeeded = Long.parseLong(requests.group(2));
        long failed = Long.parseLong(requests.group(3))
                + Long.parseLong(requests.group(4))
                + Long.parseLong(requests.group(5));
        if (succeeded == 0) {
            wrong.append("no response at all; ");
        }
        if (failed > unfinished) {
            wrong.append("%d requests failed; ".formatted(failed));
        }
        if (number(CODES) < succeeded || log.failures() > unfinished) {
            wrong.append("%d responses of 2xx to %d requests; ".formatted(number(CODES), succeeded));
        }
        long data = number(DATA);
        if (data < succeeded * length || data > (succeeded + unfinished) * length) {
            wrong.append("%d bytes of content in %d responses of %d; ".formatted(data, succeeded, length));
        }
        if (tls && !isTls13()) {
            wrong.append("not TLS 1.3; ");
        }
        return wrong.toString();
    }

    private long number(Pattern pattern) {
        Matcher matcher = pattern.matcher(output);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
