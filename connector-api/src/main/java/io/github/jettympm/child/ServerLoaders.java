package io.github.jettympm.child;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What loads the classes of a server, beside the virtual machine itself.
 *
 * @param environments loaders of classes that the server has for applications, by the name of their environment, such as {@code ee10}
 * @param applications loaders of applications
 */
public record ServerLoaders(Map<String, ClassLoader> environments, List<ClassLoader> applications) {
    /** All of them that are no loaders of the virtual machine. */
    Stream<ClassLoader> others() {
        return Stream.concat(environments.values().stream(), applications.stream())
                .distinct()
                .filter(ServerLoaders::isOther);
    }

    /** Whether a loader is none that the virtual machine has by itself. */
    static boolean isOther(ClassLoader loader) {
        return loader != null
                && loader != ClassLoader.getSystemClassLoader()
                && loader != ClassLoader.getPlatformClassLoader();
    }
}
