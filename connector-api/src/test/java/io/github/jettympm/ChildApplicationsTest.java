package io.github.jettympm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildApplicationsTest {
    @TempDir
    private Path directory;

    private final Server server = new Server();
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private Path shared;
    private Path war;

    /** What can be seen of a {@code WebAppContext} of EE 10 or 11. */
    public static class Application extends ContextHandler {
        private final String location;

        Application(String location) {
            super("/app");
            this.location = location;
        }

        public String getWar() {
            return location;
        }

        public boolean isExtractWAR() {
            return true;
        }

        @Override
        protected void doStart() throws Exception {
            setAttribute("base at start", getBaseResource());
            super.doStart();
        }
    }

    /** What can be seen of the context of a {@code WebAppContext} of EE 8 or 9. */
    public static class Core extends ContextHandler {
        private final Application nested;

        Core(Application nested) {
            super("/app");
            this.nested = nested;
        }

        public Application getContextHandler() {
            return nested;
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        shared = Files.createDirectory(directory.resolve("shared"));
        war = directory.resolve("app.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
        }
        server.setHandler(contexts);
        server.addEventListener(new ChildApplications("child-0-3", directory.resolve("temporary"), shared));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Path startedWith(ContextHandler context) throws Exception {
        contexts.addHandler(context);
        server.start();
        return context.getBaseResource() == null
                ? null
                : context.getBaseResource().getPath();
    }

    @Test
    void warIsServedFromWhereAllChildrenFindIt() throws Exception {
        Application application = new Application(war.toUri().toString());

        Path base = startedWith(application);

        assertEquals(shared.toRealPath(), base.getParent().toRealPath());
        assertTrue(Files.exists(base.resolve("WEB-INF/web.xml")));
        assertEquals(application.getBaseResource(), application.getAttribute("base at start"));
    }

    @Test
    void warThatTheDeployerNamesIsShared() throws Exception {
        Application application = new Application(null);
        application.setAttribute(Deployable.WAR, war.toString());

        assertTrue(startedWith(application).startsWith(shared));
    }

    @Test
    void applicationOfAnEarlierGenerationOfServletsIsSharedToo() throws Exception {
        assertTrue(startedWith(new Core(new Application(war.toString()))).startsWith(shared));
    }

    @Test
    void applicationThatIsAddedLaterIsSharedToo() throws Exception {
        server.start();
        Application application = new Application(war.toString());
        contexts.addHandler(application);

        application.start();

        assertTrue(application.getBaseResource().getPath().startsWith(shared));
    }

    @Test
    void nextStartLooksForTheWarAnew() throws Exception {
        Application application = new Application(war.toString());
        startedWith(application);

        application.stop();

        assertNull(application.getBaseResource());
    }

    @Test
    void whatJettyDoesNotUnpackIsLeftAlone() throws Exception {
        assertNull(startedWith(new Application(directory.resolve("missing.war").toString())));
        assertNull(startedWith(new ContextHandler("/other")));
        Files.createDirectory(directory.resolve("app"));
        assertNull(startedWith(new Application(war.toString())));
        Application other = new Application(war.toString());
        other.setBaseResource(ResourceFactory.of(server).newResource(directory));
        assertEquals(directory, startedWith(other));
        try (var entries = Files.list(shared)) {
            assertEquals(0, entries.count());
        }
    }

    @Test
    void warThatCannotBeUnpackedIsLeftToJetty() throws Exception {
        Files.writeString(war, "no archive");

        assertNull(startedWith(new Application(war.toString())));
    }

    @Test
    void temporaryDirectoryThatIsSetIsEachChildsOwn() throws Exception {
        File set = directory.resolve("set").toFile();
        Application application = new Application(null);
        application.setTempDirectory(set);
        application.setAttribute("javax.servlet.context.tempdir", set.getPath());
        startedWith(application);
        application.stop();
        application.start();

        File own = new File(set.getCanonicalFile(), "child-0-3");
        assertEquals(own, application.getTempDirectory());
        assertEquals(new File(set, "child-0-3"), application.getAttribute("javax.servlet.context.tempdir"));
        assertFalse(new File(own, "child-0-3").exists());
    }
}
