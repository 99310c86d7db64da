package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildOptionsTest {
    private static final String CACHE_LINE = " -Dorg.eclipse.jetty.util.referencesPerCacheLine=16";

    private static String defaults(String others, int jdk) {
        return String.join(" ", ChildOptions.defaults(List.of(others.split(" ")), jdk, option -> false, false));
    }

    private static String defaultsOfPrefork(String others) {
        return String.join(" ", ChildOptions.defaults(List.of(others.split(" ")), 17, option -> false, true));
    }

    @Test
    void smallMachineByDefault() {
        assertEquals(
                "-XX:+UseSerialGC -Xmx512m -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError" + CACHE_LINE,
                defaults("java -cp lib Main", 17));
    }

    @Test
    void heapIsSmallAtFirstWhereThereIsOneRequestAtATime() {
        assertEquals(
                "-XX:+UseSerialGC -Xmx512m -Xms24m -XX:NewSize=8m -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError"
                        + CACHE_LINE,
                defaultsOfPrefork("java -XX:TieredStopAtLevel=1 -cp lib Main"));
    }

    @Test
    void compilerForLongRunsComesLaterWhereThereIsOneRequestAtATime() {
        assertEquals(
                "-XX:+UseSerialGC -Xmx512m -Xms24m -XX:NewSize=8m -XX:Tier4InvocationThreshold=20000"
                        + " -XX:Tier4MinInvocationThreshold=2500 -XX:Tier4CompileThreshold=60000"
                        + " -XX:Tier4BackEdgeThreshold=160000 -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError"
                        + CACHE_LINE,
                defaultsOfPrefork("java -cp lib Main"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xint",
                "-Xcomp",
                "-XX:-TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "-XX:Tier4InvocationThreshold=1",
                "-XX:CompileThresholdScaling=2",
                "-XX:CompilationMode=high-only"
            })
    void compilersAreAsTheyAreChosen(String other) {
        assertFalse(defaultsOfPrefork("java " + other + " Main").contains("-XX:Tier4CompileThreshold"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xms64m",
                "-Xmn8m",
                "-Xmx16m",
                "-XX:NewSize=1m",
                "-XX:MaxNewSize=1m",
                "-XX:NewRatio=1",
                "-XX:+UseG1GC"
            })
    void heapIsAsItIsChosen(String other) {
        assertFalse(defaultsOfPrefork("java " + other + " Main").contains("-Xms24m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC", "-XX:+UseSerialGC"})
    void secondCollectorWouldBeAnError(String other) {
        assertEquals(
                "-Xmx512m -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError" + CACHE_LINE,
                defaults("java " + other + " Main", 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx2g", "-XX:MaxHeapSize=1g", "-XX:MaxRAMPercentage=10", "-XX:MaxRAM=1g"})
    void heapThatIsChosenIsLeftAlone(String other) {
        assertEquals(
                "-XX:+UseSerialGC -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError" + CACHE_LINE,
                defaults("java " + other + " Main", 17));
    }

    /** The default would stand behind one of a variable that is read first. */
    @Test
    void whatIsSetIsNoDefault() {
        assertEquals(
                "-XX:+UseSerialGC -Xmx512m",
                defaults(
                        "-XX:MaxMetaspaceSize=1g -XX:-ExitOnOutOfMemoryError -Dorg.eclipse.jetty.util.referencesPerCacheLine=8",
                        17));
        assertEquals(
                "-XX:+UseSerialGC -Xmx512m -XX:MaxMetaspaceSize=256m -XX:+ExitOnOutOfMemoryError" + CACHE_LINE,
                defaults("-XX:MaxMetaspaceSizeOfMine=1g -Dorg.eclipse.jetty.util=x", 17));
    }

    @Test
    void memoryIsGivenBackWhereTheMachineKnowsHow() {
        assertEquals(
                List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TrimNativeHeapInterval=10000"),
                ChildOptions.defaults(List.of("java"), 17, "TrimNativeHeapInterval"::equals, false)
                        .subList(0, 3));
    }

    @Test
    void nativeCallsAreAllowedWhereTheyHaveToBe() {
        assertEquals("--enable-native-access=ALL-UNNAMED", defaults("java", 24).split(" ")[0]);
    }
}
