package io.github.jettympm.bench.run;

import io.github.jettympm.bench.machine.Jdk;
import io.github.jettympm.bench.machine.Machine;
import io.github.jettympm.bench.report.Section;
import io.github.jettympm.bench.server.Setup;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What the last run was made on and how its servers were set. */
final class Header {
    private Header() {}

    static Section section(Setup setup, String commandLine) throws IOException {
        Machine machine = Machine.here();
        var text = List.of(
                "Written by `bench.sh %s` on %s; each section below says when it was measured itself."
                        .formatted(commandLine, LocalDate.now()),
                "Machine: %s, %d processors, %,d MB; %s, %s. JDK %s%s. %s; %s."
                        .formatted(
                                machine.processor(),
                                machine.processors(),
                                machine.memoryMegabytes(),
                                machine.kernel(),
                                machine.distribution(),
                                setup.jdk().version(),
                                setup.jdk25()
                                        .map(Jdk::version)
                                        .map(v -> ", " + v + " where a row says JDK 25 and for helidon")
                                        .orElse(""),
                                Machine.version("apache2", "-v"),
                                Machine.version("nginx", "-v")),
                "All JVM servers run with `%s`.".formatted(String.join(" ", Setup.JVM_OPTIONS)));
        return new Section("run", "The run", text, List.of(), List.of(), List.of(), Map.of());
    }

    /** For each section. */
    static String stamp(Jdk jdk) {
        return "%s, JDK %s".formatted(date(), jdk.version());
    }

    /** For a section whose rows name their JDK. */
    static String date() {
        return LocalDate.now().toString();
    }
}
