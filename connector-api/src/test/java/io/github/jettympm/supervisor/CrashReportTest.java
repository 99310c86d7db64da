package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertEquals(
                new CrashReport("SIGSEGV (0xb)", "C  [libc.so.6+0x91d5b]  strlen+0x2b", Optional.of(kept)), report);
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

    private CrashReport parsed(String... head) throws IOException {
        Files.write(slot.resolve("hs_err_pid4711.log"), List.of(head));
        return collect().orElseThrow();
    }

    /** Of Temurin 25. */
    @Test
    void reportOfALaterJavaIsRead() throws IOException {
        CrashReport report = parsed(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#",
                "#  SIGSEGV (0xb) at pc=0x00007ff80b501f14 (sent by kill), pid=11030, tid=11030",
                "#",
                "# JRE version: OpenJDK Runtime Environment Temurin-25.0.3+9 (25.0.3+9) (build 25.0.3+9-LTS)",
                "# Java VM: OpenJDK 64-Bit Server VM Temurin-25.0.3+9 (25.0.3+9-LTS, mixed mode, sharing, g1 gc)",
                "# Problematic frame:",
                "# C  [libc.so.6+0x85f14]",
                "#");

        assertEquals("SIGSEGV (0xb)", report.cause());
        assertEquals("C  [libc.so.6+0x85f14]", report.frame());
    }

    @Test
    void internalErrorIsReadWithWhatItIs() throws IOException {
        CrashReport report = parsed(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#",
                "#  Internal Error (sharedRuntime.cpp:553), pid=4711, tid=4712",
                "#  guarantee(cb != NULL) failed: must be in a code blob",
                "#",
                "# JRE version: OpenJDK Runtime Environment (17.0.15+6) (build 17.0.15+6)",
                "#");

        assertEquals(
                "Internal Error (sharedRuntime.cpp:553): guarantee(cb != NULL) failed: must be in a code blob",
                report.cause());
        assertEquals(
                "the virtual machine crashed with Internal Error (sharedRuntime.cpp:553): guarantee(cb != NULL) failed:"
                        + " must be in a code blob; see " + report.file().orElseThrow(),
                report.toString());
    }

    @Test
    void wantOfNativeMemoryIsNotMistakenForAdviceAboutIt() throws IOException {
        CrashReport report = parsed(
                "#",
                "# There is insufficient memory for the Java Runtime Environment to continue.",
                "# Native memory allocation (mmap) failed to map 16384 bytes for committing reserved memory.",
                "# Possible reasons:",
                "#   The system is out of physical RAM or swap space",
                "#   This process is running with CompressedOops enabled, and the Java Heap may be blocking the growth",
                "# Possible solutions:",
                "#   Reduce memory load on the system",
                "#",
                "#  Out of Memory Error (os_linux.cpp:2851), pid=4711, tid=4712",
                "#");

        assertEquals(
                "no native memory: Native memory allocation (mmap) failed to map 16384 bytes for committing reserved memory.",
                report.cause());
    }

    @Test
    void directoryThatCannotBeMadeCostsTheReportAndNotTheFrame() throws IOException {
        Files.writeString(base.resolve("logs"), "no directory");
        Files.write(slot.resolve("hs_err_pid4711.log"), HEAD);

        CrashReport report = collect().orElseThrow();

        assertEquals(
                "the virtual machine crashed with SIGSEGV (0xb) in C  [libc.so.6+0x91d5b]  strlen+0x2b; its report"
                        + " could not be kept",
                report.toString());
    }

    @Test
    void olderReportOfTheSameNumberIsKeptToo() throws IOException {
        for (String line : List.of("first", "second", "third")) {
            Files.writeString(slot.resolve("hs_err_pid4711.log"), line);
            collect();
        }

        Path crashes = base.resolve("logs/crashes");
        assertEquals("first", Files.readString(crashes.resolve("hs_err_pid4711.log")));
        assertEquals("second", Files.readString(crashes.resolve("hs_err_pid4711.1.log")));
        assertEquals("third", Files.readString(crashes.resolve("hs_err_pid4711.2.log")));
    }

    @Test
    void headingMayBeFollowedByNothing() throws IOException {
        assertEquals("unknown", parsed("# Problematic frame:", "").frame());
        assertEquals("unknown", parsed("# Problematic frame:", "#").frame());
        assertEquals("unknown", parsed("# Problematic frame:").frame());
    }

    @Test
    void lineOfAnyLengthIsCut() throws IOException {
        CrashReport report = parsed("#  " + "x".repeat(10_000_000), "# Problematic frame:", "# C");

        assertTrue(report.toString().length() < 1_000, report::toString);
    }
}
