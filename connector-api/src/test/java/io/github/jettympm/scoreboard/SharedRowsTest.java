package io.github.jettympm.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SharedRowsTest {
    private static final int SLOT = 1;

    @TempDir
    private Path directory;

    private Scoreboard scoreboard;

    private RequestRows rows(int number) throws IOException {
        scoreboard = Scoreboard.create(directory.resolve("scoreboard"), 2, number, Identity.NONE);
        scoreboard.begin(SLOT, 1);
        return scoreboard.requestRows(SLOT);
    }

    private Traffic begin(RequestRows rows, int now) {
        return rows.begins("192.0.2.1", "GET", "/" + now, now);
    }

    @Test
    void requestsAreWrittenWithoutAllocation() throws IOException {
        var machine = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        RequestRows rows = rows(3);
        serve(rows, 1_000); // what is made once: classes, and whatever the interpreter needs

        long before = machine.getCurrentThreadAllocatedBytes();
        serve(rows, 10_000);
        long allocated = machine.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < 10_000, () -> allocated + " bytes for 10,000 requests");
    }

    private static void serve(RequestRows rows, int requests) {
        for (int i = 0; i < requests; i++) {
            rows.ends(rows.begins("192.0.2.1", "GET", "/shop/cart", i), i, 300, i + 7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 63, 64, 65, 128, 200, Scoreboard.MOST_ROWS})
    void eachRequestHasARowOfItsOwnUntilNoneIsFree(int number) throws IOException {
        RequestRows rows = rows(number);
        Set<Integer> taken = new HashSet<>();

        for (int i = 0; i < number; i++) {
            taken.add(begin(rows, 1 + i).number());
        }

        assertEquals(number, taken.size());
        assertNull(begin(rows, 9));
        assertEquals(number + 1, scoreboard.busy(SLOT));
    }

    @Test
    void rowThatIsGivenBackIsTakenAgain() throws IOException {
        RequestRows rows = rows(2);
        Traffic first = begin(rows, 1);
        begin(rows, 2);

        rows.ends(first, 1, 100, 11);

        assertEquals(Activity.NONE, first.activity());
        assertEquals(1, scoreboard.busy(SLOT));
        assertEquals(first.number(), begin(rows, 20).number());
        assertNull(begin(rows, 21));
    }

    @Test
    void readerSeesWhatIsServed() throws IOException {
        RequestRows rows = rows(4);
        Traffic row = rows.begins("2001:db8::1", "PUT", "/cart", 50);
        Traffic seen = Scoreboard.openToRead(scoreboard.file()).traffic(SLOT, row.number());

        assertEquals("PUT /cart", seen.request());
        assertEquals("2001:db8::1", seen.client());
        assertEquals(Activity.WRITING, seen.activity());
        assertEquals(50, seen.since());
        rows.ends(row, 50, 700, 57);

        assertEquals(7, seen.lastDuration());
        assertEquals(new Totals(0, 1, 700, 7, 0), scoreboard.totals(SLOT));
    }

    @Test
    void requestsWithoutARowAreCounted() throws IOException {
        RequestRows rows = rows(2);
        begin(rows, 1);
        begin(rows, 2);

        Traffic none = begin(rows, 3);
        rows.ends(none, 3, 100, 13);

        assertNull(none);
        assertEquals(new Totals(0, 1, 100, 10, 0), scoreboard.totals(SLOT));
        assertEquals(2, scoreboard.busy(SLOT));
    }

    @Test
    void withoutRowsAllAreCountedOnly() throws IOException {
        RequestRows rows = rows(0);

        Traffic none = begin(rows, 3);
        rows.ends(none, 3, 100, 13);

        assertNull(none);
        assertEquals(1, scoreboard.totals(SLOT).requests());
    }

    @Test
    void noRowIsTakenTwiceAndNoRequestLost() throws Exception {
        int threads = 8;
        int each = 20_000;
        RequestRows rows = rows(6); // fewer than threads
        AtomicIntegerArray users = new AtomicIntegerArray(6);
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> clashes = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            clashes.add(pool.submit(() -> {
                together.await();
                return serve(rows, users, each);
            }));
        }

        for (Future<Integer> clash : clashes) {
            assertEquals(0, clash.get());
        }
        pool.shutdown();
        assertEquals(true, pool.awaitTermination(60, TimeUnit.SECONDS));
        assertEquals((long) threads * each, scoreboard.totals(SLOT).requests());
        assertEquals(2L * threads * each, scoreboard.totals(SLOT).bytes());
        assertEquals(0, scoreboard.busy(SLOT));
        for (int i = 0; i < 6; i++) {
            assertNotNull(begin(rows, 1), "row " + i + " was not given back");
        }
    }

    private static int serve(RequestRows rows, AtomicIntegerArray users, int requests) {
        int clashes = 0;
        for (int i = 1; i <= requests; i++) {
            Traffic row = rows.begins("192.0.2.1", "GET", "/", i);
            if (row != null && users.incrementAndGet(row.number()) != 1) {
                clashes++;
            }
            if (row != null) {
                users.decrementAndGet(row.number());
            }
            rows.ends(row, i, 2, i + 1);
        }
        return clashes;
    }
}
