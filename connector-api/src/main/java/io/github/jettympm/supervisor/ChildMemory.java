package io.github.jettympm.supervisor;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how many children memory has room for: three quarters of it, since parent, kernel and file cache need some,
 * divided by what a child may take, its greatest heap and {@value #BESIDE_HEAP_MB} MB for classes, compiled code and
 * threads.
 *
 * @param memory bytes that this process and its children may use, in a container those of its limit
 * @param heap bytes that the heap of a child may grow to
 * @param pools among how many pools it is divided
 * @param others bytes that the children of those other pools may take that have been started before
 */
public record ChildMemory(long memory, long heap, int pools, long others) {
    private static final Logger LOG = LoggerFactory.getLogger(ChildMemory.class);
    private static final int BESIDE_HEAP_MB = 128;
    private static final int MB = 1024 * 1024;

    /** What a Java virtual machine takes of memory for its heap if nothing else is said, in percent. */
    private static final double DEFAULT_PERCENT = 25;

    private static final Pattern HEAP = Pattern.compile("(?:-Xmx|-XX:MaxHeapSize=)(\\d+)([kKmMgGtT]?)");
    private static final Pattern RAM = Pattern.compile("-XX:MaxRAM=(\\d+)([kKmMgGtT]?)");
    private static final Pattern PERCENT = Pattern.compile("-XX:MaxRAMPercentage=(\\d+(?:\\.\\d+)?)");

    /**
     * The memory of this machine, and what children with those options take of it.
     *
     * @param options all options of the virtual machine of a child, in the order in which it reads them
     * @param pools among how many pools it is divided
     * @param others bytes that the children of those other pools may take that have been started before
     * @return all numbers; the JDK knows the limit of a container (cgroup)
     */
    public static ChildMemory of(List<String> options, int pools, long others) {
        long memory = ofMachine();
        return new ChildMemory(memory, heap(options, memory), pools, others);
    }

    /** With some arrangements of control groups (version 1) the JDK only throws; its heap then says something of the machine. */
    private static long ofMachine() {
        try {
            if (ManagementFactory.getOperatingSystemMXBean()
                    instanceof com.sun.management.OperatingSystemMXBean machine) {
                return machine.getTotalMemorySize();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the JDK cannot tell the memory of this machine or container: {}", e.toString());
        }
        return Runtime.getRuntime().maxMemory();
    }

    /** The last option counts, as it does for the virtual machine; an amount counts before a percentage. */
    static long heap(List<String> options, long memory) {
        long amount = 0;
        double percent = DEFAULT_PERCENT;
        long ram = memory;
        for (String option : options) {
            Matcher bytes = HEAP.matcher(option);
            Matcher base = RAM.matcher(option);
            Matcher share = PERCENT.matcher(option);
            if (bytes.matches()) {
                amount = bytes(Long.parseLong(bytes.group(1)), bytes.group(2));
            } else if (base.matches()) {
                ram = bytes(Long.parseLong(base.group(1)), base.group(2));
            } else if (share.matches()) {
                percent = Double.parseDouble(share.group(1));
            }
        }
        return amount > 0 ? amount : (long) (ram * percent / 100);
    }

    private static long bytes(long number, String unit) {
        int shift = switch (unit) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            case "t", "T" -> 40;
            default -> 0;
        };
        return number << shift;
    }

    /**
     * How many children there is room for.
     *
     * @return 1 or more
     */
    public int children() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, memory / 4 * 3 / pools / perChild()));
    }

    private long perChild() {
        return heap + (long) BESIDE_HEAP_MB * MB;
    }

    /**
     * How much so many children may take.
     *
     * @param children how many
     * @return bytes
     */
    public long taken(int children) {
        return children * perChild();
    }

    /**
     * Whether so many children, together with those of other pools, may take more than there is.
     *
     * @param children how many
     * @return the numbers in words, empty if all of them have room
     */
    public Optional<String> excess(int children) {
        if (taken(children) + others <= memory) {
            return Optional.empty();
        }
        return Optional.of(children + " children of up to " + perChild() / MB + " MB each, " + heap / MB
                + " MB of them heap, may take " + taken(children) / MB + " MB"
                + (others > 0 ? ", and those of the other connectors " + others / MB + " MB" : "") + ", but there are "
                + memory / MB + " MB of memory, room for " + memory / 4 * 3 / perChild()
                + (pools > 1 ? " in all " + pools + " connectors with children" : "") + " and the rest of the system");
    }

    /** Says how the number comes about. */
    @Override
    public String toString() {
        return "three quarters of " + memory / MB + " MB of memory, and " + (heap / MB + BESIDE_HEAP_MB)
                + " MB a child, " + heap / MB + " MB of them for its heap"
                + (pools > 1 ? ", for " + pools + " connectors with children" : "");
    }
}
