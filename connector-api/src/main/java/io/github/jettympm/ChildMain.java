package io.github.jettympm;

import io.github.jettympm.child.StartWatch;
import io.github.jettympm.protocol.BootFailure;
import io.github.jettympm.protocol.ChildEnvironment;
import io.github.jettympm.protocol.WorkDirectory;
import io.github.jettympm.sessions.SharedSessionStoreFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The main class of a child whose server is started by Jetty's own main class. It starts that one,
 * and has what that will need, and what takes long, made ready by another thread meanwhile: a child is ready earlier. Another thread
 * watches the parent until the server has started.
 */
public final class ChildMain {
    private ChildMain() {}

    /**
     * Starts another main class.
     *
     * @param arguments the class's name, and its arguments
     * @throws Throwable whatever that one throws
     */
    public static void main(String... arguments) throws Throwable {
        getReady();
        Class<?> main = Class.forName(arguments[0]);
        Optional<StartWatch> watch = ChildEnvironment.from(System.getenv()).map(StartWatch::start);
        try {
            main.getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            ChildEnvironment.from(System.getenv()).ifPresent(child -> BootFailure.write(slot(child), e.getCause()));
            throw e.getCause();
        } finally {
            watch.ifPresent(StartWatch::close);
        }
    }

    /** In the order in which Jetty will need it. */
    private static void getReady() {
        List<Runnable> tasks = List.of(
                Locale::getAvailableLocales, // for the table of media types
                ChildMain::loadSessionDatabase);
        Thread thread = new Thread(() -> tasks.forEach(ChildMain::tryTo), "mpm-get-ready");
        thread.setDaemon(true);
        thread.start();
    }

    private static void loadSessionDatabase() {
        ChildEnvironment.from(System.getenv()).ifPresent(child -> {
            SharedSessionStoreFactory.loadDriver(slot(child), work(child).applications(child.generation()));
        });
    }

    private static WorkDirectory work(ChildEnvironment child) {
        return WorkDirectory.of(child.scoreboard());
    }

    private static Path slot(ChildEnvironment child) {
        return work(child).slot(child.slot());
    }

    /** Who needs it meets the same failure and reports it; a library that is not there may not be needed. */
    private static void tryTo(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            // see above
        }
    }
}
