package io.github.jettympm.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jettympm.settings.ChildUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserSwitchTest {
    @TempDir
    private Path directory;

    private static UserSwitch to(String user, String group) throws IOException {
        return UserSwitch.to(Optional.of(new ChildUser("jetty.test", user, group)));
    }

    private static void assumeRoot() throws IOException {
        assumeTrue(UserSwitch.to(Optional.empty()).leavesRoot(), "only root can change to another user");
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }

    @Test
    void withNoUserNothingChanges() throws IOException {
        UserSwitch none = UserSwitch.to(Optional.empty());
        Path file = Files.createFile(directory.resolve("file"));
        var owner = Files.getOwner(file);
        Map<String, String> environment = new HashMap<>(Map.of("USER", "somebody"));

        none.give(file);
        none.tell(environment);

        assertEquals(List.of("java", "Main"), none.command(List.of("java", "Main")));
        assertEquals(owner, Files.getOwner(file));
        assertEquals(Map.of("USER", "somebody"), environment);
    }

    @Test
    void userThatDoesNotExistIsNamed() {
        var failure = assertThrows(IOException.class, () -> to("mpm-nobody", ""));

        assertTrue(
                failure.getMessage().startsWith("jetty.test.user=mpm-nobody: children cannot run as that user (id: "),
                failure::getMessage);
    }

    @Test
    void groupThatDoesNotExistIsNamed() throws IOException {
        assumeRoot();

        var failure = assertThrows(IOException.class, () -> to("nobody", "mpm-nogroup"));

        assertTrue(
                failure.getMessage()
                        .startsWith("jetty.test.user=nobody, jetty.test.group=mpm-nogroup: children cannot run as"),
                failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "0"})
    void rootIsRefused(String root) {
        var failure = assertThrows(IOException.class, () -> to(root, ""));

        assertTrue(
                failure.getMessage().startsWith("jetty.test.user=" + root + ": that user is root"),
                failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "0"})
    void groupOfRootIsRefused(String root) throws IOException {
        assumeRoot();

        var failure = assertThrows(IOException.class, () -> to("nobody", root));

        assertTrue(
                failure.getMessage()
                        .startsWith("jetty.test.user=nobody, jetty.test.group=" + root + ": the group is root's"),
                failure::getMessage);
    }

    @Test
    void commandRunsAsThatUserAndGroup() throws IOException {
        assumeRoot();
        UserSwitch nobody = to("nobody", "daemon");

        assertEquals("nobody", output(nobody.command(List.of("id", "-un"))));
        assertEquals("daemon", output(nobody.command(List.of("id", "-gn"))));
        assertFalse(nobody.leavesRoot());
    }

    @Test
    void nothingOfTheOtherUsersLoginIsLeftInTheEnvironment() throws IOException {
        assumeRoot();
        var environment = new HashMap<>(Map.of(
                "HOME", "/root", "SSH_AUTH_SOCK", "/run/agent", "SUDO_USER", "admin", "PATH", "/bin", "USER", "root"));

        to("nobody", "").tell(environment);

        assertEquals(Map.of("PATH", "/bin", "USER", "nobody", "LOGNAME", "nobody"), environment);
    }

    @Test
    void fileIsGivenToThatUserButNotWhatALinkLeadsTo() throws IOException {
        assumeRoot();
        UserSwitch nobody = to("nobody", "");
        Path file = Files.createFile(directory.resolve("file"));
        Path other = Files.createFile(directory.resolve("other"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), other);

        nobody.give(file);
        nobody.give(link);

        assertEquals("nobody", Files.getOwner(file).getName());
        assertEquals("root", Files.getOwner(other).getName());
    }
}
