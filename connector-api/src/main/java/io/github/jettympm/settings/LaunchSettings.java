package io.github.jettympm.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the process of a child is started with.
 *
 * @param jvmArgs options for the Java virtual machine of the children, after those of the parent
 * @param crashDirectory where crash reports of the Java virtual machine are kept
 * @param classDataArchive whether the first child of a generation leaves an archive of its classes to the others
 * @param labelOutput whether what children print goes through the parent, which puts their names in front of each line
 * @param user whom children run as, empty for the parent's user
 */
public record LaunchSettings(
        List<String> jvmArgs,
        Path crashDirectory,
        boolean classDataArchive,
        boolean labelOutput,
        Optional<ChildUser> user) {
    // Copies the list.
    public LaunchSettings {
        jvmArgs = List.copyOf(jvmArgs);
    }
}
