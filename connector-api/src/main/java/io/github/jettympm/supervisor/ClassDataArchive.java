package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that the first child of a generation has loaded when it is ready, as an archive (JEP 350). The children after
 * it map that file: they need not load and verify those classes, and share the memory.
 *
 * <pre>
 *            first child starts            it is ready
 *   NONE ----------------------&gt; ORDERED ----------------&gt; the file is there
 * </pre>
 *
 * <p>An archive fits one class path, and the virtual machine itself sees whether it still does. It knows no directories, so
 * jars stand for those that hold resources; one with classes, or a path of modules, and there is no archive. Used by one
 * thread at a time.
 */
final class ClassDataArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ClassDataArchive.class);

    /** An operator who has an archive of his own, or wants none, is left alone; and with some options there can be none. */
    private static final Pattern EXCLUDING = Pattern.compile(
            "-Xshare:.*|-XX:(SharedArchiveFile|ArchiveClassesAtExit|SharedClassListFile)=.*"
                    + "|-XX:[+-]?(RecordDynamicDumpInfo|AutoCreateSharedArchive|UseSharedSpaces|AOT\\w+).*"
                    + "|-p|--(module-path|patch-module|upgrade-module-path|limit-modules)(=.*)?|-javaagent:.*|-agent.*");

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    private List<String> command;
    private boolean wanted;
    private boolean ordered;

    /**
     * Makes an archive that is not there yet.
     *
     * @param allowed whether the operator allows one
     * @param command the command line of children
     */
    ClassDataArchive(boolean allowed, List<String> command) {
        this.command = List.copyOf(command);
        this.wanted = allowed
                && Path.of(command.get(0)).endsWith("java")
                && command.stream()
                        .noneMatch(option -> EXCLUDING.matcher(option).matches())
                && classPath() > 0
                && !ResourceJars.hasClasses(command.get(classPath()));
    }

    private int classPath() {
        return 1 + command.stream().map(CLASS_PATH::contains).toList().indexOf(true);
    }

    /**
     * Makes what is needed for it, unless that was done before. Called before a child starts.
     *
     * @param directory where to
     * @param generation the number of the configuration; what the one before the last has left is removed
     * @return whether the child is the one that is to make the archive
     */
    boolean order(WorkDirectory directory, int generation) {
        if (!wanted || ordered) {
            return false;
        }
        ordered = true;
        directory.deleteClasses(generation - 2); // children of the last one may start until this one is ready
        try {
            directory.createClasses(generation);
            int classPath = classPath();
            List<String> packed = new ArrayList<>(command);
            packed.set(classPath, new ResourceJars(directory.classes(generation)).replace(command.get(classPath)));
            command = List.copyOf(packed);
        } catch (IOException e) {
            LOG.warn("no class-data archive, so each child loads its classes itself", e);
            wanted = false;
        }
        return wanted;
    }

    /** The command line of a child. */
    List<String> command() {
        return command;
    }

    /**
     * The options of a child.
     *
     * @param makesIt whether it is the one that makes the archive
     * @param file where the archive is
     */
    List<String> options(boolean makesIt, Path file) {
        if (makesIt) {
            return List.of("-XX:+RecordDynamicDumpInfo", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        }
        return wanted && Files.exists(file) ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }
}
