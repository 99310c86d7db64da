package io.github.jettympm.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The options that children get beside those of their parent: defaults for a small virtual machine in front of them, which
 * an option of the parent outdoes, and the operator's own for children behind them, which outdo both.
 */
final class ChildOptions {
    /**
     * A child serves one request at a time, so the collector with one thread and the least memory fits. Without a bound
     * each child could take a quarter of the machine for its heap.
     */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    private static final String HEAP = "-Xmx512m";

    /**
     * What one request at a time leaves behind needs no large young generation, and every page of it that is touched once
     * stays with the child. The virtual machine's own choice goes by the memory of the machine: 128 MB of 24 GB.
     */
    private static final List<String> SMALL_AT_FIRST = List.of("-Xms24m", "-XX:NewSize=8m");

    /**
     * Four times what is usual until the compiler for long runs takes a method. While a child starts, that compiler would be as busy as
     * the thread that starts it, with what is never called again.
     */
    private static final List<String> COMPILER_LATER = List.of(
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2500",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000");

    /** Bounds what leaks of class loaders take; whatever is out of memory ends at once, and another child takes over. */
    private static final List<String> ALWAYS = List.of("-XX:MaxMetaspaceSize=256m", "-XX:+ExitOnOutOfMemoryError");

    /**
     * What Jetty would find on a machine with cache lines of 64 bytes and references of 4. It asks the platform's MBean server, which takes
     * as long to make as a tenth of a child's start, and which nothing else there needs.
     */
    private static final String CACHE_LINE = "-Dorg.eclipse.jetty.util.referencesPerCacheLine=16";

    /**
     * Gives back to the system what the C library keeps of what the compilers have needed: after a start that is a
     * tenth of a small child and more.
     */
    private static final String TRIM_INTERVAL = "TrimNativeHeapInterval";

    private static final String TRIM = "-XX:" + TRIM_INTERVAL + "=10000"; // milliseconds

    /** From this JDK on a warning is printed when a native library is loaded (JEP 472). */
    private static final int NATIVE_ACCESS_WARNED = 24;

    /** Two collectors are an error, and not that the last one counts. */
    private static final Pattern ANY_COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    private static final Pattern ANY_HEAP =
            Pattern.compile("-Xmx.*|-XX:MaxHeapSize=.*|-XX:(Max|Min|Initial)RAMPercentage=.*|-XX:MaxRAM=.*");

    private static final Pattern ANY_FIRST_SIZE =
            Pattern.compile("-Xm[sn].*|-XX:(InitialHeapSize|NewSize|MaxNewSize|NewRatio|InitialRAMPercentage)=.*");

    private static final Pattern ANY_COMPILER = Pattern.compile(
            "-X(int|comp|mixed)|-XX:[+-]?(Tier|CompileThreshold|CompilationMode|Interpret|UseJVMCI|EnableJVMCI).*");

    private ChildOptions() {}

    /**
     * The defaults that fit what is set otherwise.
     *
     * @param others options of the parent, of environment variables, and the operator's own for children
     * @param jdk feature release of the virtual machine
     * @param known tells whether the virtual machine has an option of a name: an unknown one would keep it from starting
     * @param oneRequestAtATime whether there is never more than one request in a child
     */
    static List<String> defaults(List<String> others, int jdk, Predicate<String> known, boolean oneRequestAtATime) {
        List<String> options = new ArrayList<>();
        if (jdk >= NATIVE_ACCESS_WARNED) {
            options.add("--enable-native-access=ALL-UNNAMED"); // for JNA
        }
        if (none(others, ANY_COLLECTOR)) {
            options.add(COLLECTOR);
        }
        if (none(others, ANY_HEAP)) {
            options.add(HEAP);
        }
        if (oneRequestAtATime
                && none(others, ANY_COLLECTOR)
                && none(others, ANY_HEAP)
                && none(others, ANY_FIRST_SIZE)) {
            options.addAll(SMALL_AT_FIRST);
        }
        if (oneRequestAtATime && none(others, ANY_COMPILER)) {
            options.addAll(COMPILER_LATER);
        }
        List<String> single = new ArrayList<>(ALWAYS);
        single.add(CACHE_LINE);
        if (known.test(TRIM_INTERVAL)) {
            single.add(0, TRIM);
        }
        single.removeIf(option -> isSet(others, name(option)));
        options.addAll(single);
        return options;
    }

    /** A default would outdo one of a variable that is read before the command line. */
    private static boolean isSet(List<String> others, String name) {
        return others.stream().anyMatch(other -> name(other).equals(name));
    }

    /** What an option sets, be it on, off or to a value. */
    private static String name(String option) {
        return option.replaceFirst("^-XX:[+-]?", "-XX:").replaceFirst("=.*", "");
    }

    private static boolean none(List<String> others, Pattern pattern) {
        return others.stream().noneMatch(option -> pattern.matcher(option).matches());
    }
}
