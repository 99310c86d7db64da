package io.github.jettympm.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What to serve: modules, WARs and files of a Jetty base. */
enum Site {
    /** WARs that others wrote, of two Servlet generations, in one server. */
    WARS {
        @Override
        void furnish(JettyBase base) throws Exception {
            var modules = new ArrayList<>(List.of(
                    base.model().module(),
                    "compression-gzip",
                    "jmx",
                    "security",
                    "ee10-deploy",
                    "ee10-jsp",
                    "ee10-jstl",
                    "ee10-servlets",
                    "ee10-plus",
                    "ee10-ext",
                    "ee10-websocket-jetty",
                    "ee10-websocket-jakarta",
                    "ee8-deploy",
                    "ee8-jsp",
                    "ee8-jstl"));
            modules.addAll(base.model().sessionModules());
            base.addModules(modules);
            var wars = base.home().wars();
            base.deploy("simple", wars.resolve("jetty-ee10-demo-simple-webapp.war"), "ee10");
            base.deploy("jsp", wars.resolve("jetty-ee10-demo-jsp-webapp.war"), "ee10");
            base.deploy("jetty", wars.resolve("jetty-ee10-demo-jetty-webapp.war"), "ee10");
            base.deploy("spec", wars.resolve("jetty-ee10-demo-spec-webapp.war"), "ee10");
            base.deploy("jolokia", wars.resolve("jolokia-agent-war.war"), "ee10");
            base.deploy("shiro", wars.resolve("samples-web.war"), "ee8");
            base.deploy("wiki", wars.resolve("jspwiki-war.war"), "ee8");
            base.copy(wars.resolve("jetty-ee10-demo-mock-resources.jar"), "lib/ee10/ext/mock-resources.jar");
            base.write("webapps/spec.xml", resource("spec.xml"));
            addRealms(base);
            base.write("resources/jspwiki-custom.properties", wikiProperties(base.directory()));
        }
    },
    /** The echo WAR and WebSockets over clear text and TLS, and over HTTP/2 where the connector speaks it. */
    PROTOCOLS {
        @Override
        void furnish(JettyBase base) throws Exception {
            var model = base.model();
            var modules = new ArrayList<>(List.of(model.module(), model.tlsModule(), "https", "http-forwarded"));
            if (model.speaksHttp2()) {
                modules.addAll(List.of("http2", "http2c"));
            }
            modules.addAll(List.of(
                    "security", "ee10-deploy", "ee10-servlets", "ee10-websocket-jetty", "ee10-websocket-jakarta"));
            modules.addAll(List.of("ee11-deploy", "ee11-websocket-jetty", "ee11-websocket-jakarta"));
            if (model.processes() > 1) {
                modules.addAll(model.sessionModules());
            }
            modules.addAll(List.of("ee9-deploy", "ee9-websocket-jakarta", "ee8-deploy", "ee8-websocket-javax"));
            base.addModules(modules);
            giveKeyStore(base);
            base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
            base.deploy("jetty", base.home().wars().resolve("jetty-ee10-demo-jetty-webapp.war"), "ee10");
            for (var environment : List.of("ee8", "ee9", "ee10", "ee11")) {
                CompiledWar.deploy(base, "push", environment, pushSources(environment));
            }
            addRealms(base);
        }
    },
    /** The echo WAR behind a proxy that speaks the PROXY protocol. */
    PROXIED {
        @Override
        void furnish(JettyBase base) throws Exception {
            base.addModules(List.of(base.model().module(), "proxy-protocol", "ee10-deploy"));
            base.deploy("echo", EchoWar.pack(base.directory()), "ee10");
        }
    };

    static final String PASSWORD = "integration";

    abstract void furnish(JettyBase base) throws Exception;

    /** Starts a server for it with the given connector; {@code purpose} tells bases of the same model apart. */
    OpenSite open(Model model, String purpose) throws Exception {
        var base = JettyHome.ofBuild().createBase(name().toLowerCase(Locale.ROOT) + "-" + purpose, model);
        furnish(base);
        // All answers are compared, so none of the few children may end a connection because others wait.
        return new OpenSite(
                base.start("jetty.prefork.keepAliveUnderPressure=-1"),
                Clients.trusting(keyStore(base.directory()), PASSWORD, model.processes()));
    }

    /** Makes a key store and names it to the base. */
    static void giveKeyStore(JettyBase base) throws IOException, InterruptedException {
        generateKeyStore(base.directory());
        base.write("start.d/key-store.ini", "jetty.sslContext.keyStorePassword=" + PASSWORD + "\n");
    }

    /** Where the key store of a directory is. */
    static Path keyStore(Path base) {
        return base.resolve("etc/keystore.p12");
    }

    /** Jetty's module {@code test-keystore} would download a library for this. */
    static void generateKeyStore(Path base) throws IOException, InterruptedException {
        Files.createDirectories(base.resolve("etc"));
        var log = base.resolve("keytool.log");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "jetty",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=DNS:localhost,IP:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore(base).toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IllegalStateException("keytool failed: " + Files.readString(log));
        }
    }

    /** The realms that the WARs name, with their users. */
    static void addRealms(JettyBase base) throws IOException {
        base.write("etc/realms.xml", resource("realms.xml"));
        base.write("etc/users.properties", resource("users.properties"));
        base.write("start.d/realms.ini", "etc/realms.xml\n");
    }

    /** Jetty's own API is the same since ee10. */
    private static List<String> pushSources(String environment) {
        return List.of("ee8", "ee9").contains(environment)
                ? List.of("Pusher.java", "StandardSocket.java")
                : List.of("Pusher.java", "StandardSocket.java", "JettySocket.java");
    }

    private static String wikiProperties(Path base) {
        return """
                jspwiki.pageProvider = VersioningFileProvider
                jspwiki.fileSystemProvider.pageDir = %1$s/wiki/pages
                jspwiki.basicAttachmentProvider.storageDir = %1$s/wiki/attachments
                jspwiki.workDir = %1$s/wiki/work
                jspwiki.use.external.logconfig = true
                """.formatted(base);
    }

    private static String resource(String name) throws IOException {
        try (var in = Site.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
