package io.github.jettympm.supervisor;

import io.github.jettympm.protocol.WorkDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that the first child has loaded when it is ready, as an archive. The children after it map that file:
 * they need not load and verify those classes. So do those of later generations, until the class path or the virtual machine is
 * another one.
 *
 * <pre>
 *        prepare               first child starts            it is ready              the process ends
 *   NONE -------&gt; PREPARED ----------------------&gt; ORDERED -------------&gt; IN WORK ------------------&gt; THERE
 * </pre>
 *
 * <p>It is made for an address that is drawn anew each time. A virtual machine maps the archive of its installation
 * at another address in each process, so that nobody knows it from outside, and has to change nearly every page for that. From one with an address that
 * nobody knows either, all children map it where it is meant to be, and share its pages as the children of a fork share them.
 *
 * <p>An archive fits one class path, and the virtual machine itself sees whether it still does. It knows no directories, so
 * jars stand for those that hold resources; one with classes, or a path of modules, and there is no archive.
 *
 * <p>One thread at a time uses it; another may meanwhile make that of the {@linkplain #next next} generation.
 */
final class ClassDataArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ClassDataArchive.class);

    /** An operator who has an archive of his own, or wants none, is left alone; and with some options there can be none. */
    private static final Pattern EXCLUDING = Pattern.compile(
            "-Xshare:.*|-XX:(SharedArchiveFile|ArchiveClassesAtExit|SharedClassListFile|DumpLoadedClassList)=.*"
                    + "|-XX:[+-]?(RecordDynamicDumpInfo|AutoCreateSharedArchive|UseSharedSpaces|AOT\\w+).*"
                    + "|-p|--(module-path|patch-module|upgrade-module-path|limit-modules)(=.*)?|-javaagent:.*|-agent.*");

    private static final String NO_ARCHIVE = "no class-data archive, so each child loads its classes itself";

    /** What a virtual machine compares with an archive, below its directory: its classes and itself. */
    private static final List<String> MACHINE = List.of("lib/modules", "lib/server/libjvm.so");

    /** Whatever the umask of this process is: the directory lets nobody else in, and children may be another user's. */
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("r--r--r--");

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    private final boolean allowed;
    private final List<String> given;
    private final ArchiveAddress address;
    private Optional<ClassDataArchive> last;
    private List<String> command;
    private boolean wanted;
    private boolean ordered;
    private ClassDataDump dump; // while it goes on
    private boolean dumped;
    private volatile boolean there;
    private WorkDirectory directory; // once it is prepared
    private int generation;
    private Map<Path, String> content;

    /**
     * Makes an archive that is not there yet.
     *
     * @param allowed whether the operator allows one
     * @param command the command line of children
     */
    ClassDataArchive(boolean allowed, List<String> command) {
        this(allowed, command, Optional.empty());
    }

    private ClassDataArchive(boolean allowed, List<String> command, Optional<ClassDataArchive> last) {
        this.allowed = allowed;
        this.given = List.copyOf(command);
        this.address = new ArchiveAddress(given);
        this.last = last;
        this.command = given;
        this.wanted = allowed
                && ChildCommand.isOfVirtualMachine(command)
                && isPossible(command)
                && classPath() > 0
                && !ResourceJars.hasClasses(command.get(classPath()));
    }

    /** Whether no option, be it of a variable, speaks against one. */
    static boolean isPossible(List<String> options) {
        return options.stream().noneMatch(option -> EXCLUDING.matcher(option).matches());
    }

    private int classPath() {
        return 1 + given.stream().map(CLASS_PATH::contains).toList().indexOf(true);
    }

    /**
     * The archive for the next generation: this one, if its class path and its virtual machine are what they were.
     *
     * @param nextCommand the command line of its children
     */
    ClassDataArchive next(List<String> nextCommand) {
        boolean fits = isThere() && given.equals(nextCommand) && content.equals(content());
        return fits ? this : new ClassDataArchive(allowed, nextCommand, Optional.of(this));
    }

    private Map<Path, String> content() {
        Path java = Path.of(given.get(0));
        try {
            java = java.toRealPath();
        } catch (IOException e) {
            LOG.debug("{} is not found, so it is not seen when it changes", java, e);
        }
        Path machine = java.resolveSibling("..").normalize();
        String files = MACHINE.stream()
                .map(file -> machine.resolve(file) + File.pathSeparator)
                .collect(Collectors.joining());
        return ResourceJars.content(files + given.get(classPath()));
    }

    private boolean isThere() {
        return there && Files.exists(directory.archive(generation));
    }

    /**
     * Makes what is needed for it, unless that was done before. May take some seconds.
     *
     * @param workDirectory where to
     * @param childGeneration the number of the configuration of the first children that start from it
     */
    void prepare(WorkDirectory workDirectory, int childGeneration) {
        if (!wanted || directory != null) {
            return;
        }
        directory = workDirectory;
        generation = childGeneration;
        last.ifPresent(ClassDataArchive::forgetLast); // from the last one itself children may still start
        remove(); // of one that did not start
        try {
            directory.createClasses(generation);
            content = content();
            List<String> packed = new ArrayList<>(given);
            packed.set(classPath(), new ResourceJars(directory.classes(generation)).replace(given.get(classPath())));
            command = List.copyOf(packed);
            letRead(directory.classes(generation));
        } catch (IOException e) {
            LOG.warn(NO_ARCHIVE, e);
            wanted = false;
        }
    }

    private static void letRead(Path classes) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(classes)) {
            for (Path file : files) {
                Files.setPosixFilePermissions(file, READABLE);
            }
        }
    }

    /** What it needs, empty if there is none. Whoever its children run as has to own that. */
    Optional<Path> files() {
        return wanted && directory != null ? Optional.of(directory.classes(generation)) : Optional.empty();
    }

    /**
     * Asks for the archive. Called before a child starts.
     *
     * @return whether the child is the one that is to make it
     */
    boolean order() {
        boolean first = files().isPresent() && !ordered;
        ordered = true;
        return first;
    }

    /**
     * Has it made, unless that was done before. Called when the first child is ready; does not wait.
     *
     * @param user whom its children run as
     */
    void make(UserSwitch user) {
        if (dumped || files().isEmpty() || !Files.exists(directory.classList(generation))) {
            return;
        }
        dumped = true;
        last.ifPresent(ClassDataArchive::stop);
        try {
            dump = ClassDataDump.start(machineThatDumps(), user);
        } catch (IOException e) {
            LOG.info("{}: {}", NO_ARCHIVE, e.toString());
        }
    }

    private List<String> machineThatDumps() {
        List<String> machine = new ArrayList<>(command.subList(0, classPath() + 1));
        machine.add("-XX:SharedClassListFile=" + directory.classList(generation));
        machine.add("-XX:SharedArchiveFile=" + directory.archive(generation));
        machine.addAll(address.optionsToMake());
        return machine;
    }

    /** Whether it is in work, so that a child had better start a little later. */
    boolean isInWork() {
        if (dump != null && !dump.goesOn()) {
            conclude();
        }
        return dump != null;
    }

    private void conclude() {
        Optional<String> failure = dump.failure();
        long millis = dump.millis();
        dump = null;
        if (failure.isPresent()) {
            LOG.info("{}: {}", NO_ARCHIVE, failure.get());
        } else {
            there = true;
            long size = directory.archive(generation).toFile().length();
            LOG.info("class-data archive for the next children: {} KB in {} ms", size / 1024, millis);
        }
    }

    /** Ends the work. */
    void stop() {
        if (dump != null) {
            dump.stop();
            dump = null;
        }
        last.ifPresent(ClassDataArchive::stop);
    }

    private void forgetLast() {
        last.ifPresent(ClassDataArchive::remove);
        last = Optional.empty();
    }

    private void remove() {
        if (directory != null) {
            directory.deleteClasses(generation);
        }
    }

    /** The command line of a child. */
    List<String> command() {
        return command;
    }

    /**
     * The options of a child.
     *
     * @param makesIt whether it is the one whose classes are to be in it
     */
    List<String> options(boolean makesIt) {
        if (makesIt) {
            return List.of("-XX:DumpLoadedClassList=" + directory.recordedClasses(generation), "-Xlog:cds=off");
        }
        if (!isThere()) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        options.add("-XX:SharedArchiveFile=" + directory.archive(generation));
        options.addAll(address.optionsToUse());
        return options;
    }
}
