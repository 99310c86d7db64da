package io.github.jettympm.bench.peer;

import io.github.jettympm.bench.app.DownloadServlet;
import io.github.jettympm.bench.app.HelloServlet;
import io.github.jettympm.bench.app.JsonServlet;
import io.github.jettympm.bench.app.MixedServlet;
import io.github.jettympm.bench.app.SessionServlet;
import io.github.jettympm.bench.app.SleepServlet;
import io.github.jettympm.bench.app.UploadServlet;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Tomcat with its NIO connector and the servlets of the WAR. */
public final class TomcatPeer {
    private static final int IDLE_MILLIS = 600_000;

    private final PeerSettings settings;
    private final Tomcat tomcat = new Tomcat();

    private TomcatPeer(PeerSettings settings) {
        this.settings = settings;
    }

    public static void main(String... arguments) throws Exception {
        new TomcatPeer(PeerSettings.of(arguments)).start();
    }

    private void start() throws Exception {
        Path temporary = Files.createTempDirectory("tomcat");
        tomcat.setBaseDir(temporary.toString());
        tomcat.getService().addConnector(connector(settings.port()));
        if (settings.tlsPort() > 0) {
            tomcat.getService().addConnector(tls(connector(settings.tlsPort())));
        }
        servlets(tomcat.addContext("/bench", settings.files().toString()));
        tomcat.start();
        tomcat.getServer().await();
    }

    private Connector connector(int port) {
        var protocol = new Http11NioProtocol();
        protocol.setMaxKeepAliveRequests(-1);
        protocol.setAcceptCount(1024);
        protocol.setConnectionTimeout(IDLE_MILLIS);
        protocol.setMaxConnections(-1);

        var connector = new Connector(protocol);
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("useVirtualThreads", Boolean.toString(settings.virtualThreads()));
        if (settings.http2()) {
            connector.addUpgradeProtocol(new Http2Protocol());
        }
        return connector;
    }

    private Connector tls(Connector connector) {
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(settings.keyStore().toString());
        certificate.setCertificateKeystorePassword("bench-mark");
        certificate.setCertificateKeystoreType("PKCS12");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    private static void servlets(Context context) {
        add(context, "hello", new HelloServlet());
        add(context, "sleep", new SleepServlet());
        add(context, "mixed", new MixedServlet());
        add(context, "json", new JsonServlet());
        add(context, "upload", new UploadServlet());
        add(context, "download", new DownloadServlet());
        add(context, "session", new SessionServlet());
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    }

    private static void add(Context context, String name, HttpServlet servlet) {
        Tomcat.addServlet(context, name, servlet).addMapping("/" + name);
    }
}
