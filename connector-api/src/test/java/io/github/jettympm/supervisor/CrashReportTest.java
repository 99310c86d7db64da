package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportTest {
    /** Of OpenJDK 17, shortened. */
    private static final List<String> HEAD = List.of(
            "#",
            "# A fatal error has been detected by the Java Runtime Environment:",
            "#",
            "#  SIGSEGV (0xb) at pc=0x00007f0e8c0a1d5b, pid=4711, tid=4712",
            "#",
            "# JRE version: OpenJDK Runtime Environment (17.0.15+6) (build 17.0.15+6-Debian-1deb12u1)",
            "# Problematic frame:",
            "# C  [libc.so.6+0x91d5b]  strlen+0x2b",
            "#");

    @TempDir
    private Path slot;

    @TempDir
    private Path base;

    private Optional<CrashReport> collect() {
        return CrashReport.collect(slot, base.resolve("logs/crashes"));
    }

    @Test
    void reportIsMovedToTheDirectoryThatIsMadeForIt() throws IOException {
        Path written = Files.write(slot.resolve("hs_err_pid4711.log"), HEAD);

        CrashReport report = collect().orElseThrow();

        Path kept = base.resolve("logs/crashes/hs_err_pid4711.log");
        assertEquals(new CrashReport("SIGSEGV (0xb)", "C  [libc.so.6+0x91d5b]  strlen+0x2b", kept), report);
        assertEquals(HEAD, Files.readAllLines(kept));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        assertFalse(Files.exists(written));
    }

    @Test
    void noDirectoryIsMadeWithoutAReport() throws IOException {
        Files.writeString(slot.resolve("other.log"), "");

        assertEquals(Optional.empty(), collect());
        assertFalse(Files.exists(base.resolve("logs")));
    }

    @Test
    void childThatLeftNoDirectoryLeftNoReport() {
        assertEquals(Optional.empty(), CrashReport.collect(slot.resolve("gone"), base));
    }

    @Test
    void reportThatIsCutOffIsKeptAllTheSame() throws IOException {
        Files.write(slot.resolve("hs_err_pid4711.log"), HEAD.subList(0, 7));

        CrashReport report = collect().orElseThrow();

        assertEquals("SIGSEGV (0xb)", report.cause());
        assertEquals("unknown", report.frame());
    }

    @Test
    void reportMayBeEmpty() throws IOException {
        Files.write(slot.resolve("hs_err_pid4711.log"), List.of());

        assertEquals("unknown", collect().orElseThrow().cause());
    }

    @Test
    void linkInPlaceOfAReportIsNotFollowed() throws IOException {
        Path secret = Files.write(base.resolve("secret"), HEAD);
        Files.createSymbolicLink(slot.resolve("hs_err_pid4711.log"), secret);

        assertEquals(Optional.empty(), collect());
        assertFalse(Files.exists(base.resolve("logs")));
    }

    @Test
    void nothingInItForgesALineOfTheLog() throws IOException {
        Files.write(
                slot.resolve("hs_err_pid4711.log"),
                List.of("#  SIG\u001b[2J at pc=0", "# Problematic frame:", "# C  [a.so]\u0085\u0007"),
                StandardCharsets.ISO_8859_1);

        CrashReport report = collect().orElseThrow();

        assertEquals("SIG?[2J", report.cause());
        assertEquals("C  [a.so]??", report.frame());
    }
}
