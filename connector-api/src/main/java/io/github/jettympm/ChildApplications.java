package io.github.jettympm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.Container;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the files of the applications in a child, just before each starts: its WAR is unpacked once for all children of the
 * generation, and everything else that Jetty writes for it (compiled JSPs, say) is this child's alone, also when somebody
 * has set a temporary directory for it.
 *
 * <p>Called by the threads that add and start applications.
 */
final class ChildApplications implements Container.InheritedListener {
    private static final Logger LOG = LoggerFactory.getLogger(ChildApplications.class);

    /** How the Servlet API lets one set a temporary directory, by its name up to and since Jakarta EE 9. */
    private static final List<String> TEMPORARY_DIRECTORY =
            List.of("jakarta.servlet.context.tempdir", "javax.servlet.context.tempdir");

    private final String child;
    private final Path temporary;
    private final Path shared;
    private final UnpackedArchives archives;
    private final LifeCycle.Listener starts = new Starts();
    private volatile String failed; // null if none has

    /**
     * Makes it for one child.
     *
     * @param child a name for files that no other child has at the same time
     * @param temporary the directory of this child alone
     * @param shared the directory of all children of its generation
     */
    ChildApplications(String child, Path temporary, Path shared) {
        this.child = child;
        this.temporary = temporary;
        this.shared = shared;
        this.archives = new UnpackedArchives(shared);
    }

    @Override
    public void beanAdded(Container parent, Object bean) {
        if (bean instanceof ContextHandler context) {
            context.addEventListener(starts); // the second time it has no effect
        }
    }

    @Override
    public void beanRemoved(Container parent, Object bean) {
        if (bean instanceof ContextHandler context) {
            context.removeEventListener(starts);
        }
    }

    /** Hears of the start of each application. */
    private final class Starts implements LifeCycle.Listener {
        @Override
        public void lifeCycleStarting(LifeCycle application) {
            ContextHandler context = (ContextHandler) application;
            keepTemporaryFilesApart(context);
            shareUnpacked(context);
        }

        @Override
        public void lifeCycleFailure(LifeCycle application, Throwable cause) {
            ContextHandler context = (ContextHandler) application;
            String war = WebApplication.of(context)
                    .flatMap(WebApplication::war)
                    .map(it -> " (" + it + ")")
                    .orElse("");
            failed = context.getContextPath() + war;
        }

        /** The next start looks for the WAR that is there then. */
        @Override
        public void lifeCycleStopped(LifeCycle application) {
            ContextHandler context = (ContextHandler) application;
            if (context.getBaseResource() != null
                    && isShared(context.getBaseResource().getPath())) {
                context.setBaseResource(null);
            }
        }
    }

    /** The application that has failed to start last; what Jetty throws then need not name it. */
    Optional<String> failed() {
        return Optional.ofNullable(failed);
    }

    private boolean isShared(Path base) {
        return base != null && base.startsWith(shared);
    }

    /** Jetty would empty the directory when the next child starts. */
    private void keepTemporaryFilesApart(ContextHandler context) {
        File set = context.getTempDirectory();
        if (set != null) {
            context.setTempDirectory(own(set));
        }
        for (String name : TEMPORARY_DIRECTORY) {
            Object attribute = context.getAttribute(name); // a File, or a path
            if (attribute != null) {
                context.setAttribute(name, own(new File(attribute.toString())));
            }
        }
    }

    private File own(File directory) {
        boolean isOwn =
                directory.toPath().startsWith(temporary) || directory.getName().equals(child);
        return isOwn ? directory : new File(directory, child);
    }

    private void shareUnpacked(ContextHandler context) {
        Optional<Path> archive = WebApplication.of(context).flatMap(WebApplication::archiveToUnpack);
        if (archive.isEmpty()) {
            return;
        }
        try {
            Path unpacked = archives.unpacked(archive.get());
            context.setBaseResource(ResourceFactory.of(context).newResource(unpacked));
            LOG.debug("{} is served from {}", archive.get(), unpacked);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is not unpacked for all children, so this one does it by itself", archive.get(), e);
        }
    }
}
