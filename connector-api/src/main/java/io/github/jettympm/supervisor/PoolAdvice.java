package io.github.jettympm.supervisor;

import io.github.jettympm.settings.PoolSize;
import io.github.jettympm.settings.ProcessManagement;
import io.github.jettympm.settings.SpareServers;
import java.util.ArrayList;
import java.util.List;

/** Finds settings of a pool that are allowed but are not what an operator can want. Decides only; someone else logs it. */
public final class PoolAdvice {
    private PoolAdvice() {}

    /**
     * What the operator should think over.
     *
     * @param set the size as it was set, with defaults in place of numbers
     * @param resolved the same with all numbers
     * @param memory what children may take
     * @return a sentence for each finding, with the numbers and the remedy
     */
    public static List<String> of(PoolSize set, PoolSize resolved, ChildMemory memory) {
        List<String> advice = new ArrayList<>();
        if (set.pm() == ProcessManagement.DYNAMIC) {
            spares(set.spares(), resolved, advice);
        } else {
            ignored("minSpareServers", set.spares().min(), set, advice);
            ignored("maxSpareServers", set.spares().max(), set, advice);
        }
        if (set.pm() == ProcessManagement.ONDEMAND && set.spares().start() != SpareServers.DEFAULT) {
            advice.add(set.prefix() + ".startServers=" + set.spares().start() + " has no effect with " + set.prefix()
                    + ".pm=ondemand: one starts, and the others when connections wait");
        }
        if (!set.isByMemory() || memory.others() > 0) {
            String others = memory.others() > 0 ? ", the number of the others" : "";
            memory.excess(resolved.maxRequestWorkers())
                    .ifPresent(excess -> advice.add(excess + "; lower " + number(resolved) + others
                            + " or the heap of a child (" + resolved.prefix() + ".jvmArgs=-Xmx...)"));
        }
        return advice;
    }

    /** Worker and event have a number of processes, and with a fixed pool it is the number at the start. */
    private static String number(PoolSize size) {
        return size.pm() == ProcessManagement.STATIC
                ? "the number of children, " + size.maxRequestWorkers() + ","
                : size.prefix() + ".maxRequestWorkers";
    }

    private static void spares(SpareServers set, PoolSize resolved, List<String> advice) {
        int min = resolved.spares().min();
        int max = resolved.spares().max();
        String minimum = resolved.prefix() + ".minSpareServers=" + min;
        if (set.min() != SpareServers.DEFAULT && min > 1 && min == resolved.maxRequestWorkers()) {
            advice.add(minimum + " cannot be kept: as soon as one of at most " + resolved.maxRequestWorkers()
                    + " children is busy, fewer are idle and none may be added; lower it, or raise "
                    + resolved.prefix() + ".maxRequestWorkers");
        } else if (set.max() != SpareServers.DEFAULT && min == max && max < resolved.maxRequestWorkers()) {
            advice.add(
                    minimum + " is " + resolved.prefix() + ".maxSpareServers, too, so a connection that begins starts a"
                            + " virtual machine, and one that ends makes one end; set maxSpareServers to "
                            + Math.min(2 * min, resolved.maxRequestWorkers()) + " or so");
        }
    }

    private static void ignored(String name, int value, PoolSize set, List<String> advice) {
        if (value != SpareServers.DEFAULT) {
            advice.add(set.prefix() + "." + name + "=" + value + " has no effect with " + set.prefix() + ".pm="
                    + set.pm() + "; it belongs to dynamic");
        }
    }
}
