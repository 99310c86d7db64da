package io.github.jettympm.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class H2loadOutputTest {
    private static final RequestLog LOG =
            RequestLog.of(List.of("1700000000\t200\t3000", "1700000001\t200\t1000", "1700000002\t200\t2000"));
    private static final String OUTPUT = """
            TLS Protocol: TLSv1.3
            finished in 250.00ms, 12.00 req/s, 1.00KB/s
            requests: 3 total, 3 started, 3 done, 3 succeeded, 0 failed, 0 errored, 0 timeout
            status codes: 3 2xx, 0 3xx, 0 4xx, 0 5xx
            traffic: 1.20KB (1234) total, 123B (123) headers (space savings 10.00%), 39B (39) data
            """;

    @Test
    void rateAndPercentilesAreRead() {
        LoadResult result = new H2loadOutput(OUTPUT, LOG).result(13, 0, true);

        assertTrue(result.isRight(), result.wrong());
        assertEquals(12, result.rate());
        assertEquals(2, result.p50());
        assertEquals(3, result.p99());
    }

    @Test
    void contentOfAnotherLengthIsWrong() {
        assertEquals(
                "39 bytes of content in 3 responses of 14; ",
                new H2loadOutput(OUTPUT, LOG).result(14, 0, true).wrong());
    }

    @Test
    void requestsUnderWayAtTheEndMayHaveSomeContent() {
        LoadResult result = new H2loadOutput(OUTPUT.replace("(39) data", "(50) data"), LOG).result(13, 1, false);

        assertTrue(result.isRight(), result.wrong());
    }

    @Test
    void failedRequestsAndOtherStatusesAreWrong() {
        String failed =
                OUTPUT.replace("3 succeeded, 0 failed", "2 succeeded, 1 failed").replace("3 2xx", "1 2xx");

        assertEquals(
                "1 requests failed; 1 responses of 2xx to 2 requests; 39 bytes of content in 2 responses of 13; ",
                new H2loadOutput(failed, LOG).result(13, 0, true).wrong());
    }

    @Test
    void withoutAnyStatusTheLengthOfTheContentsDecides() {
        String unseen =
                OUTPUT.replace("3 succeeded, 0 failed", "0 succeeded, 3 failed").replace("3 2xx", "0 2xx");

        LoadResult result = new H2loadOutput(unseen, LOG).result(13, 0, true);

        assertTrue(result.isRight(), result.wrong());
        assertEquals(3, result.requests());
        assertEquals(
                "39 bytes of content in 3 responses of 14; ",
                new H2loadOutput(unseen, LOG).result(14, 0, true).wrong());
    }

    @Test
    void anOlderTlsIsWrong() {
        assertEquals(
                "not TLS 1.3; ",
                new H2loadOutput(OUTPUT.replace("TLSv1.3", "TLSv1.2"), LOG)
                        .result(13, 0, true)
                        .wrong());
    }
}
