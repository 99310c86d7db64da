package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.ChildNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What children print appears in the output of this process, whole line by whole line, each with the name of its child in
 * front, such as {@code [prefork-3 g2] }; or children print there themselves.
 *
 * <p>Two threads for each child, one for its standard output and one for its standard error, read until its end. If this
 * process is gone, a child that prints gets an error, which the Java virtual machine does not die of.
 */
public final class ChildOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ChildOutput.class);

    /** A longer line is broken, so that one without an end takes no more memory than this. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int READ_BYTES = 8 * 1024;
    private static final long STACK_BYTES = 128L * 1024;

    /** The output ends with the process, unless a program that it has started still holds it. */
    private static final long LAST_LINES_MILLIS = 200;

    private final ChildNames names;
    private final boolean labelled;
    private final Map<Integer, Following> followed = new ConcurrentHashMap<>();

    /** Who reads what a child prints, and what that was last. */
    private record Following(List<Thread> readers, LastLines last) {}

    private ChildOutput(ChildNames names, boolean labelled) {
        this.names = names;
        this.labelled = labelled;
    }

    /**
     * The output of the children of one connector.
     *
     * @param names what they are called
     * @param labelled false to let children print themselves
     * @return the output
     */
    public static ChildOutput of(ChildNames names, boolean labelled) {
        return new ChildOutput(names, labelled);
    }

    ChildNames names() {
        return names;
    }

    /** Says where a child prints. Called before it is started. */
    void prepare(ProcessBuilder builder) {
        if (!labelled) {
            builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        }
    }

    /** Reads what a child prints from now on. Called when it was just started. */
    void follow(int slot, int generation, Process process) {
        if (labelled) {
            String label = "[" + names.child(slot) + " g" + generation + "] ";
            String number = names.number(slot);
            LastLines last = new LastLines();
            Thread output = read(process.getInputStream(), label, () -> System.out, last, "mpm-output-" + number);
            Thread error = read(process.getErrorStream(), label, () -> System.err, last, "mpm-error-" + number);
            followed.put(slot, new Following(List.of(output, error), last));
        }
    }

    private static Thread read(InputStream from, String label, Supplier<PrintStream> to, LastLines last, String name) {
        Thread reader = new Thread(null, () -> copy(from, label, to, last), name, STACK_BYTES);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /**
     * The last lines of a child that has ended.
     *
     * @return the lines in one, empty if there were none, or if children print themselves
     */
    Optional<String> last(int slot) {
        Optional<Following> child = Optional.ofNullable(followed.get(slot));
        child.ifPresent(ChildOutput::awaitEnd);
        return child.flatMap(it -> it.last().text());
    }

    /** Waits for the last lines of a child that has ended, but not for long. */
    void finish(int slot) {
        Following child = followed.remove(slot);
        if (child != null) {
            awaitEnd(child);
        }
    }

    private static void awaitEnd(Following child) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_LINES_MILLIS);
        try {
            for (Thread reader : child.readers()) {
                TimeUnit.NANOSECONDS.timedJoin(reader, Math.max(1, deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Copies until the end. All memory is taken at the beginning: a reader that ends for want of it would leave its child
     * waiting in a write.
     *
     * @param to asked for each line, since someone may have replaced {@link System#err}
     * @param last keeps the last ones, too
     */
    static void copy(InputStream from, String label, Supplier<PrintStream> to, LastLines last) {
        Line line = new Line(label, to, last);
        byte[] bytes = new byte[READ_BYTES];
        try (from) {
            for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    line.add(bytes[i]);
                }
            }
        } catch (IOException e) {
            LOG.debug("{}: the output ended", label, e);
        }
        line.endUnfinished();
    }

    /** A line that is not complete yet. A complete one is printed by one call, during which nobody else can print there. */
    private static final class Line {
        private final Supplier<PrintStream> to;
        private final LastLines last;
        private final byte[] bytes;
        private final int begin;
        private int end;

        Line(String label, Supplier<PrintStream> to, LastLines last) {
            byte[] prefix = label.getBytes(StandardCharsets.UTF_8);
            this.to = to;
            this.last = last;
            this.begin = prefix.length;
            this.end = begin;
            this.bytes = new byte[begin + LONGEST_LINE];
            System.arraycopy(prefix, 0, bytes, 0, begin);
        }

        void add(byte next) {
            bytes[end++] = next;
            if (next == '\n') {
                print();
            } else if (end == bytes.length - 1) {
                add((byte) '\n');
            }
        }

        void endUnfinished() {
            if (end > begin) {
                add((byte) '\n');
            }
        }

        private void print() {
            PrintStream stream = to.get();
            stream.write(bytes, 0, end);
            stream.flush();
            last.add(bytes, begin, end - 1);
            end = begin;
        }
    }
}
