package io.github.jettympm.status;

import io.github.jettympm.scoreboard.Activity;
import io.github.jettympm.scoreboard.SlotState;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The scoreboard as httpd shows it: one letter for each request that there can be at once, process by process.
 *
 * <p>A process that starts is {@code S}, one that ends {@code G} in its first row and wherever it still serves.
 */
final class Letters {
    private static final char OPEN = SlotState.OPEN.letter();
    private static final char IDLE = SlotState.READY.letter();

    private Letters() {}

    /** All slots of a connector. */
    static String of(ConnectorStatus connector) {
        Map<Integer, ProcessStatus> bySlot = connector.processes().stream()
                .collect(Collectors.toMap(ProcessStatus::slot, Function.identity(), (first, second) -> first));
        int slots = Math.max(
                connector.slots(),
                1 + bySlot.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1));
        int rows = connector.threadsPerSlot();
        String open = String.valueOf(OPEN).repeat(Math.max(1, rows));
        return IntStream.range(0, slots)
                .mapToObj(bySlot::get)
                .map(process -> process == null ? open : rows == 0 ? counted(process) : of(process, rows))
                .collect(Collectors.joining());
    }

    /** A process that does not show its requests tells how many threads are busy and idle. */
    private static String counted(ProcessStatus process) {
        if (process.state() != SlotState.READY) {
            return String.valueOf(process.state().letter());
        }
        return String.valueOf(Activity.WRITING.letter()).repeat(process.busyThreads())
                + String.valueOf(IDLE).repeat(process.idleThreads());
    }

    static String of(ProcessStatus process, int rows) {
        char[] letters = new char[Math.max(rows, rowsOf(process))];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = emptyRow(process.state(), i);
        }
        for (RequestStatus row : process.threads()) {
            letters[row.row()] = of(process, row);
        }
        return new String(letters);
    }

    private static int rowsOf(ProcessStatus process) {
        return 1 + process.threads().stream().mapToInt(RequestStatus::row).max().orElse(-1);
    }

    private static char emptyRow(SlotState state, int row) {
        return state == SlotState.DRAINING && row > 0 ? OPEN : state.letter();
    }

    /** What one row does. */
    static char of(ProcessStatus process, RequestStatus row) {
        if (!isBusy(process, row)) {
            return emptyRow(process.state(), row.row());
        }
        return process.state() == SlotState.DRAINING
                ? SlotState.DRAINING.letter()
                : row.activity().letter();
    }

    /** Whether a row has a connection that holds it, which httpd counts as a busy worker. */
    static boolean isBusy(ProcessStatus process, RequestStatus row) {
        return process.state() != SlotState.OPEN
                && process.state() != SlotState.STARTING
                && row.activity() != Activity.NONE
                && row.activity().letter() != IDLE;
    }
}
