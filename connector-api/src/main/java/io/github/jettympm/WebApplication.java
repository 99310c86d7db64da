package io.github.jettympm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.FileID;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * A {@code WebAppContext}. There is one for each version of Jakarta EE and no class that they have in common, and a server
 * need not have any of them: so it is known by its methods.
 *
 * @param context its context
 * @param application the {@code WebAppContext}
 */
record WebApplication(ContextHandler context, Object application) {
    /**
     * Finds the application of a context.
     *
     * @return the application, empty if the context is of another kind
     */
    static Optional<WebApplication> of(ContextHandler context) {
        Object application = hasMethod(context, "getWar") ? context : nested(context); // EE 10 and 11, or 8 and 9
        return application != null && hasMethod(application, "getWar")
                ? Optional.of(new WebApplication(context, application))
                : Optional.empty();
    }

    private static Object nested(ContextHandler context) {
        return hasMethod(context, "getContextHandler") ? call(context, "getContextHandler") : null;
    }

    /**
     * The WAR that Jetty would unpack into the temporary directory of the context.
     *
     * @return its file, empty if Jetty does something else with it: with a directory beside it that has its name without
     *     {@code .war}, it serves that
     */
    Optional<Path> archiveToUnpack() {
        if (context.getBaseResource() != null || !Boolean.TRUE.equals(call(application, "isExtractWAR"))) {
            return Optional.empty();
        }
        return war().map(location -> ResourceFactory.of(context).newResource(location))
                .map(Resource::getPath)
                .filter(FileID::isWebArchive)
                .filter(Files::isRegularFile)
                .filter(file -> !Files.isDirectory(file.resolveSibling(FileID.getBasename(file))))
                .map(WebApplication::real);
    }

    /** Where its WAR is, as it was set; empty if it has none. */
    Optional<String> war() {
        Object set = call(application, "getWar");
        Object war = set == null ? context.getAttribute(Deployable.WAR) : set;
        return Optional.ofNullable(war).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file; // whoever opens it next will say it
        }
    }

    private static boolean hasMethod(Object object, String name) {
        try {
            object.getClass().getMethod(name);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static Object call(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot ask " + object + " for " + getter, e);
        }
    }
}
