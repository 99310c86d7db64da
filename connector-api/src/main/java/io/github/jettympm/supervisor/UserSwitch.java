package io.github.jettympm.supervisor;

import io.github.jettympm.settings.ChildUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Starts children as another user than the parent's. {@code setpriv} of util-linux changes to it and then becomes the
 * virtual machine, in the same process; so none that runs an application was ever that of root, and the descriptors stay.
 */
public final class UserSwitch {
    private static final int ROOT = 0;
    private static final String ROOTS_NUMBER = Integer.toString(ROOT);

    /** Where a user's own files, keys and sessions are. */
    private static final Pattern OF_A_LOGIN =
            Pattern.compile("HOME|MAIL|SSH_.*|SUDO_.*|GPG_.*|XDG_.*|DBUS_.*|KRB5CCNAME");

    private final Optional<ChildUser> user;
    private final List<String> command;

    private UserSwitch(Optional<ChildUser> user, List<String> command) {
        this.user = user;
        this.command = command;
    }

    /**
     * Finds out how to change to a user, and tries it.
     *
     * @param user whom children run as, empty for the user of this process
     * @return the way
     * @throws IOException if there is none, or it is root, or root's group; the message names the properties and says why
     */
    public static UserSwitch to(Optional<ChildUser> user) throws IOException {
        if (user.isEmpty()) {
            return new UserSwitch(user, List.of());
        }
        ChildUser to = user.get();
        if (answer(to, List.of("id", "-u", "--", to.user())).equals(ROOTS_NUMBER)) {
            throw new IOException(to + ": that user is root, and children are not to be; name one with fewer rights");
        }
        String group = to.group().isBlank() ? answer(to, List.of("id", "-g", "--", to.user())) : to.group();
        List<String> command = List.of("setpriv", "--reuid=" + to.user(), "--regid=" + group, "--init-groups", "--");
        List<String> trial = new ArrayList<>(command);
        trial.addAll(List.of("id", "-g"));
        if (answer(to, trial).equals(ROOTS_NUMBER)) {
            throw new IOException(to + ": the group is root's, and that of children is not to be; name another with "
                    + to.prefix() + ".group");
        }
        return new UserSwitch(user, command);
    }

    private static String answer(ChildUser user, List<String> command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException(user + ": children cannot run as that user (" + answer
                        + "); it has to exist, and the parent has to be root to change to it");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        }
    }

    /**
     * Whether children run as root, since this process does and no other user is named. That is no reason not to start: in most
     * containers the only user is root, with few rights.
     *
     * @return false for a named user, who never is root
     * @throws IOException if the user of this process cannot be found out
     */
    public boolean leavesRoot() throws IOException {
        return user.isEmpty()
                && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT);
    }

    /** The command that starts a child, with the change of the user in front. */
    List<String> command(List<String> child) {
        List<String> all = new ArrayList<>(command);
        all.addAll(child);
        return all;
    }

    /** Tells programs who they run as that look there, and takes away what was the other user's; the virtual machine asks the system. */
    void tell(Map<String, String> environment) {
        user.ifPresent(to -> {
            environment
                    .keySet()
                    .removeIf(variable -> OF_A_LOGIN.matcher(variable).matches());
            environment.put("USER", to.user());
            environment.put("LOGNAME", to.user());
        });
    }

    /**
     * Gives a file or directory that this process has made to the user of the children.
     *
     * @param path the file; if it is a symbolic link, the link itself
     * @throws IOException if that is not possible
     */
    public void give(Path path) throws IOException {
        if (user.isPresent()) {
            var owner = path.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(user.get().user());
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(owner);
        }
    }

    /**
     * Lets children pass through a directory of this process, but not see what is in it.
     *
     * @param directory the directory
     * @throws IOException if that is not possible
     */
    public void letPass(Path directory) throws IOException {
        if (user.isPresent()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }
}
