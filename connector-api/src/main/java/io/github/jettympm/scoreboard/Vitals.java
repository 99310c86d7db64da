package io.github.jettympm.scoreboard;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;

/** Writes now and then how this process is: its connections, threads and memory. One thread at a time calls it. */
public final class Vitals implements Runnable {
    private static final String METASPACE = "Metaspace";

    private final ProcessFigures figures;
    private final Load load;
    private final List<MemoryPoolMXBean> heap;
    private final List<MemoryPoolMXBean> metaspace;

    /** Knows how many connections and threads there are now. */
    public interface Load {
        /**
         * Connections that are open.
         *
         * @return 0 or more
         */
        int open();

        /**
         * Connections without a request.
         *
         * @return 0 or more
         */
        int waiting();

        /**
         * Threads that could take a request.
         *
         * @return 0 or more
         */
        int idle();
    }

    /**
     * Makes what writes; it has written nothing yet.
     *
     * @param figures where to write
     * @param load what to ask
     */
    public Vitals(ProcessFigures figures, Load load) {
        this.figures = figures;
        this.load = load;
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
        this.heap =
                pools.stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        this.metaspace =
                pools.stream().filter(pool -> pool.getName().equals(METASPACE)).toList();
    }

    @Override
    public void run() {
        figures.load(load.open(), load.waiting(), load.idle());
        long afterGc =
                used(heap.stream().map(MemoryPoolMXBean::getCollectionUsage).toList());
        long classes = used(metaspace.stream().map(MemoryPoolMXBean::getUsage).toList());
        figures.memory(afterGc, classes);
    }

    /** The sum, unknown if it is 0: before the first collection the virtual machine says so of each part of the heap. */
    private static long used(List<MemoryUsage> usages) {
        long sum = usages.stream()
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        return sum > 0 ? sum : ProcessFigures.UNKNOWN;
    }
}
