package io.github.jettympm.bench.peer;

import io.github.jettympm.bench.app.DownloadServlet;
import io.github.jettympm.bench.app.HelloServlet;
import io.github.jettympm.bench.app.JsonServlet;
import io.github.jettympm.bench.app.MixedServlet;
import io.github.jettympm.bench.app.SessionServlet;
import io.github.jettympm.bench.app.SleepServlet;
import io.github.jettympm.bench.app.UploadServlet;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.ServletInfo;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.xnio.Options;
import org.xnio.Sequence;

/** Undertow with the servlets of the WAR. */
public final class UndertowPeer {
    /** As many as Jetty and Tomcat have by default; Undertow's own default is 8 per processor. */
    private static final int WORKER_THREADS = 200;

    private static final char[] PASSWORD = "bench-mark".toCharArray();

    private final PeerSettings settings;

    private UndertowPeer(PeerSettings settings) {
        this.settings = settings;
    }

    public static void main(String... arguments) throws Exception {
        new UndertowPeer(PeerSettings.of(arguments)).start();
    }

    private void start() throws Exception {
        Undertow.Builder builder = Undertow.builder()
                .setWorkerThreads(WORKER_THREADS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, settings.http2())
                .addHttpListener(settings.port(), "127.0.0.1");
        if (settings.tlsPort() > 0) {
            builder.setSocketOption(Options.SSL_ENABLED_PROTOCOLS, Sequence.of("TLSv1.3"));
            builder.addHttpsListener(settings.tlsPort(), "127.0.0.1", tls());
        }
        builder.setHandler(handler()).build().start();
    }

    private HttpHandler handler() throws ServletException {
        var deployment = Servlets.deployment()
                .setClassLoader(UndertowPeer.class.getClassLoader())
                .setContextPath("/bench")
                .setDeploymentName("bench.war")
                .setResourceManager(new PathResourceManager(settings.files()))
                .addServlets(
                        servlet("hello", HelloServlet.class),
                        servlet("sleep", SleepServlet.class),
                        servlet("mixed", MixedServlet.class),
                        servlet("json", JsonServlet.class),
                        servlet("upload", UploadServlet.class),
                        servlet("download", DownloadServlet.class),
                        servlet("session", SessionServlet.class));
        var manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        return Handlers.path().addPrefixPath("/bench", manager.start());
    }

    private static ServletInfo servlet(String name, Class<? extends HttpServlet> type) {
        return Servlets.servlet(name, type).addMapping("/" + name);
    }

    private SSLContext tls() throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(settings.keyStore())) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
