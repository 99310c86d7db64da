package io.github.jettympm.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private final String json = new JsonText().render(Statuses.server(Statuses.prefork(Statuses.HOSTILE)));

    @Test
    void writerSeparatesAndEscapes() {
        JsonWriter writer = new JsonWriter().beginObject();
        writer.name("a\"b").value("\\ \n <é");
        writer.name("list").beginArray().value(1).value(2.5).known(-1).beginObject();
        writer.end().end();
        writer.name("none").value(Double.NaN);

        assertEquals(
                "{\"a\\\"b\":\"\\\\ \\u000a \\u003c\\u00e9\",\"list\":[1,2.5,null,{}],\"none\":null}",
                writer.end().toString());
    }

    @Test
    void figuresHaveNamesWithUnits() {
        for (String member : List.of(
                "\"uptimeSeconds\":90123.0",
                "\"loads\":[0.52,1.0,12.345]",
                "\"storedSessions\":null",
                "\"listenQueue\":7,\"listenQueueLimit\":128,\"limitReached\":5,\"slowRequests\":6",
                "\"crashes\":{\"signal 11\":2}",
                "\"recycles\":{\"maxConnectionsPerChild\":3}",
                "\"totals\":{\"requests\":370,\"connections\":70",
                "\"scoreboard\":\"_WG.\"",
                "\"heapAfterGcBytes\":null",
                "\"heapAfterGcBytes\":12582912",
                "\"state\":\"draining\"",
                "\"inActivitySeconds\":1.25,\"lastSeconds\":0.043",
                "{\"at\":\"2026-03-05T08:57:13Z\",\"requestsPerSecond\":0.0,\"busy\":0,\"idle\":3}")) {
            assertTrue(json.contains(member), member + " is not in " + json);
        }
    }

    @Test
    void whatAStrangerSendsStaysAString() {
        assertTrue(
                json.contains(
                        "\"request\":\"GET /\\u003cscript>alert(\\\"x\\\")\\u003c/script>'&\\\\\\u000a\\u0001\\u202e\""),
                json);
        assertFalse(json.contains("<"));
    }
}
